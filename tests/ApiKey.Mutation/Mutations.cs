using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace ApiKey.Mutation;

/// <summary>What can be changed at a node of the syntax, and the code that holds both: as it was, and as it is when the mutant is
/// on.</summary>
internal static class Mutations
{
    private const string Switch = "global::ApiKey.Mutation.MutantSwitch.On";

    private static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, string Token, string Name)> Operators = new()
    {
        [SyntaxKind.LessThanExpression] = (SyntaxKind.LessThanOrEqualExpression, "<=", "boundary"),
        [SyntaxKind.LessThanOrEqualExpression] = (SyntaxKind.LessThanExpression, "<", "boundary"),
        [SyntaxKind.GreaterThanExpression] = (SyntaxKind.GreaterThanOrEqualExpression, ">=", "boundary"),
        [SyntaxKind.GreaterThanOrEqualExpression] = (SyntaxKind.GreaterThanExpression, ">", "boundary"),
        [SyntaxKind.EqualsExpression] = (SyntaxKind.NotEqualsExpression, "!=", "equality"),
        [SyntaxKind.NotEqualsExpression] = (SyntaxKind.EqualsExpression, "==", "equality"),
        [SyntaxKind.LogicalAndExpression] = (SyntaxKind.LogicalOrExpression, "||", "and, or"),
        [SyntaxKind.LogicalOrExpression] = (SyntaxKind.LogicalAndExpression, "&&", "and, or"),
    };

    /// <summary>The kinds of change that a node allows.</summary>
    public static IEnumerable<string> KindsOf(SyntaxNode node)
    {
        if (IsFixed(node))
        {
            yield break;
        }

        if (node is ExpressionSyntax expression && !Declares(node))
        {
            if (Operators.TryGetValue(node.Kind(), out (SyntaxKind Kind, string Token, string Name) changed))
            {
                yield return changed.Name;
            }

            if (IsCondition(expression))
            {
                yield return "condition negated";
            }

            if (node.IsKind(SyntaxKind.TrueLiteralExpression) || node.IsKind(SyntaxKind.FalseLiteralExpression))
            {
                yield return "true, false";
            }

            if (node is LiteralExpressionSyntax { Token.Value: int, Parent: BinaryExpressionSyntax or ArgumentSyntax })
            {
                yield return "one more";
            }
        }

        if (node is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } statement
            && !Declares(node) && !statement.DescendantTokens().Any(token => token.IsKind(SyntaxKind.OutKeyword)))
        {
            yield return "call dropped";
        }

        if (node is MethodDeclarationSyntax method && CanReturnEarly(method))
        {
            yield return "returns at once";
        }
    }

    /// <summary>The node with the change in it, which a number switches on. The node's own parts may have been changed before.</summary>
    public static SyntaxNode Apply(SyntaxNode original, SyntaxNode node, string kind, int number)
    {
        string on = $"{Switch}({number})";
        return kind switch
        {
            "boundary" or "equality" or "and, or" => Operator((BinaryExpressionSyntax)node, on),
            "condition negated" => Expression(node, $"({on} ? !({Text(node)}) : ({Text(node)}))"),
            "true, false" => Expression(node, node.IsKind(SyntaxKind.TrueLiteralExpression) ? $"(!{on})" : $"({on})"),
            "one more" => Expression(node, $"({on} ? {Text(node)} + 1 : {Text(node)})"),
            "call dropped" => ParseStatement($"{{ if (!{on}) {{ {Text(node)} }} }}\n"),
            "returns at once" => EarlyReturn((MethodDeclarationSyntax)original, (MethodDeclarationSyntax)node, on),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static string Text(SyntaxNode node) => node.WithoutTrivia().ToFullString();

    private static ExpressionSyntax Expression(SyntaxNode like, string text) => ParseExpression(text).WithTriviaFrom(like);

    private static ExpressionSyntax Operator(BinaryExpressionSyntax node, string on)
    {
        string token = Operators[node.Kind()].Token;
        string left = node.Left.ToFullString();
        string right = node.Right.ToFullString();
        return Expression(node, $"({on} ? ({left} {token} {right}) : ({left} {node.OperatorToken.Text} {right}))");
    }

    private static MethodDeclarationSyntax EarlyReturn(MethodDeclarationSyntax original, MethodDeclarationSyntax node, string on)
    {
        if (node.ExpressionBody is { } arrow)
        {
            return node.WithExpressionBody(arrow.WithExpression(
                ParseExpression($"({on} ? default({Text(Returned(original))})! : {Text(arrow.Expression)})")));
        }

        string returned = IsIterator(original) ? "yield break;" : HasResult(original) ? "return default!;" : "return;";
        return node.WithBody(node.Body!.WithStatements(node.Body.Statements.Insert(0, ParseStatement($"if ({on}) {{ {returned} }}\n"))));
    }

    // What `return` needs in the method: nothing, or a value.
    private static bool HasResult(MethodDeclarationSyntax method) =>
        !method.ReturnType.IsKind(SyntaxKind.PredefinedType) || method.ReturnType.ToString() != "void"
            ? !IsAsync(method) || method.ReturnType is GenericNameSyntax
            : false;

    private static TypeSyntax Returned(MethodDeclarationSyntax method) =>
        IsAsync(method) && method.ReturnType is GenericNameSyntax task ? task.TypeArgumentList.Arguments[0] : method.ReturnType;

    private static bool IsAsync(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    private static bool IsIterator(MethodDeclarationSyntax method) => method.DescendantNodes(
        child => child is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<YieldStatementSyntax>().Any();

    private static bool CanReturnEarly(MethodDeclarationSyntax method) =>
        !method.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword))
        && (method.Body is { Statements.Count: > 0 }
            || (method.ExpressionBody is not null && HasResult(method) && method.ReturnType is not RefTypeSyntax));

    private static bool IsCondition(ExpressionSyntax node) => node.Parent switch
    {
        IfStatementSyntax parent => parent.Condition == node,
        ConditionalExpressionSyntax parent => parent.Condition == node,
        WhileStatementSyntax parent => parent.Condition == node,
        WhenClauseSyntax => true,
        _ => false,
    };

    // A name that the node declares would be declared twice.
    private static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf()
        .Any(child => child is SingleVariableDesignationSyntax or DeclarationExpressionSyntax or AnonymousFunctionExpressionSyntax);

    // Places where the compiler wants a constant.
    private static bool IsFixed(SyntaxNode node) => node.Ancestors().Any(parent => parent is AttributeSyntax or EnumMemberDeclarationSyntax
        or PatternSyntax or SwitchLabelSyntax or ParameterSyntax
        or LocalDeclarationStatementSyntax { IsConst: true }
        || (parent is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)));
}
