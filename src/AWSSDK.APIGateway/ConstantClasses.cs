using Amazon.Runtime;

namespace Amazon.APIGateway;

/// <summary>The format of a file of API keys.</summary>
public class ApiKeysFormat : ConstantClass
{
    /// <summary>Comma-separated values.</summary>
    public static readonly ApiKeysFormat Csv = new("csv");

    /// <summary>A format by its name.</summary>
    public ApiKeysFormat(string value)
        : base(value)
    {
    }

    /// <summary>A format by its name.</summary>
    public static implicit operator ApiKeysFormat(string value) => FindValue<ApiKeysFormat>(value);
}

/// <summary>What a patch operation does.</summary>
public class Op : ConstantClass
{
    /// <summary>Adds.</summary>
    public static readonly Op Add = new("add");

    /// <summary>Copies.</summary>
    public static readonly Op Copy = new("copy");

    /// <summary>Moves.</summary>
    public static readonly Op Move = new("move");

    /// <summary>Removes.</summary>
    public static readonly Op Remove = new("remove");

    /// <summary>Replaces.</summary>
    public static readonly Op Replace = new("replace");

    /// <summary>Tests.</summary>
    public static readonly Op Test = new("test");

    /// <summary>An operation by its name.</summary>
    public Op(string value)
        : base(value)
    {
    }

    /// <summary>An operation by its name.</summary>
    public static implicit operator Op(string value) => FindValue<Op>(value);
}

/// <summary>The period a quota counts in.</summary>
public class QuotaPeriodType : ConstantClass
{
    /// <summary>A day.</summary>
    public static readonly QuotaPeriodType DAY = new("DAY");

    /// <summary>A month.</summary>
    public static readonly QuotaPeriodType MONTH = new("MONTH");

    /// <summary>A week.</summary>
    public static readonly QuotaPeriodType WEEK = new("WEEK");

    /// <summary>A period by its name.</summary>
    public QuotaPeriodType(string value)
        : base(value)
    {
    }

    /// <summary>A period by its name.</summary>
    public static implicit operator QuotaPeriodType(string value) => FindValue<QuotaPeriodType>(value);
}

/// <summary>Where a request's key comes from.</summary>
public class ApiKeySourceType : ConstantClass
{
    /// <summary>The API's authorizer.</summary>
    public static readonly ApiKeySourceType AUTHORIZER = new("AUTHORIZER");

    /// <summary>The header x-api-key.</summary>
    public static readonly ApiKeySourceType HEADER = new("HEADER");

    /// <summary>A source by its name.</summary>
    public ApiKeySourceType(string value)
        : base(value)
    {
    }

    /// <summary>A source by its name.</summary>
    public static implicit operator ApiKeySourceType(string value) => FindValue<ApiKeySourceType>(value);
}
