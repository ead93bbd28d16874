import {
  to = aws_api_gateway_api_key.key_
  id = "key0000002"
}

resource "aws_api_gateway_api_key" "key_" {
  name = ""
  description = ""
  tags = {
    "team" = "web"
  }
}

