<?xml version="1.0" encoding="utf-8"?>
<!-- A file of views or types without comments and indentation: PowerShell keeps both in memory when it imports the module. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output encoding="utf-8" />
  <xsl:strip-space elements="*" />
  <xsl:preserve-space elements="Text" />
  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()" />
    </xsl:copy>
  </xsl:template>
  <xsl:template match="comment()" />
</xsl:stylesheet>
