using ApiKey.Access;
using ApiKey.Calls;

namespace ApiKey.Tests.Unit;

/// <summary>Which method of an API a request meets, by verb and path.</summary>
[Trait(Category.Name, Category.Unit)]
public class MethodRouteTests
{
    [Theory]
    [InlineData("GET /", "GET", "/", "GET /")]
    [InlineData("GET /", "GET", "", "GET /")]
    [InlineData("GET /", "GET", "/a", "")]
    [InlineData("GET /a", "GET", "/", "")]
    [InlineData("GET /a", "GET", "/a", "GET /a")]
    [InlineData("GET /a", "GET", "/a/", "GET /a")]
    [InlineData("GET /a", "GET", "a?b=/c", "GET /a")]
    [InlineData("GET /a", "GET", "/A", "")]
    [InlineData("GET /a", "GET", "/a/b", "")]
    [InlineData("GET /a/b", "GET", "/a", "")]
    [InlineData("GET /a b", "GET", "/a%20b", "GET /a b")]
    [InlineData("GET /a/{id}", "GET", "/a/1", "GET /a/{id}")]
    [InlineData("GET /a/{id}", "GET", "/a", "")]
    [InlineData("GET /a/{id}", "GET", "/a/1/2", "")]
    [InlineData("GET /a/{id}/c", "GET", "/a/1/c", "GET /a/{id}/c")]
    [InlineData("GET /a/{id}/c", "GET", "/a/1/d", "")]
    [InlineData("GET /a/{rest+}", "GET", "/a/1", "GET /a/{rest+}")]
    [InlineData("GET /a/{rest+}", "GET", "/a/1/2/3", "GET /a/{rest+}")]
    [InlineData("GET /a/{rest+}", "GET", "/a", "")]
    [InlineData("GET /a/{rest+}", "GET", "/b/1", "")]
    [InlineData("GET /{rest+}", "GET", "/", "")]
    [InlineData("GET /{rest+}, GET /{id}", "GET", "/1", "GET /{id}")]
    [InlineData("GET /{rest+}, GET /{id}, GET /a", "GET", "/a", "GET /a")]
    [InlineData("GET /a/{rest+}, GET /{id}/b", "GET", "/a/b", "GET /a/{rest+}")]
    [InlineData("GET /{rest+}, GET /a/{id}", "GET", "/a/1/2", "GET /{rest+}")]
    [InlineData("ANY /a, GET /a", "GET", "/a", "GET /a")]
    [InlineData("GET /a, ANY /a", "GET", "/a", "GET /a")]
    [InlineData("ANY /a, GET /{id}", "GET", "/a", "ANY /a")]
    [InlineData("GET /a, POST /a", "PUT", "/a", "")]
    [InlineData("GET /a, POST /b", "GET", null, "GET /a")]
    [InlineData("GET /a, ANY /b, POST /c", "GET", null, "GET /a, ANY /b")]
    [InlineData("GET /a, POST /a, GET /b", null, "/a", "GET /a, POST /a")]
    [InlineData("GET /{id}, POST /a, ANY /a", null, "/a", "POST /a, ANY /a")]
    [InlineData("GET /a, POST /b", null, null, "GET /a, POST /b")]
    [InlineData("", "GET", "/a", "")]
    public void ARequestMeetsTheMostExactMethod(string methods, string? verb, string? path, string meets)
    {
        ApiMethod[] all = [.. methods.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(method => method.Split(' ', 2))
            .Select(words => new ApiMethod(words[1], words[0], NeedsKey: true))];
        Assert.Equal(meets, string.Join(", ", MethodRoutes.Find(all, verb, path)));
    }
}
