using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ApiKey.Mutation;

/// <summary>One source file, and where it can be changed.</summary>
internal sealed class MutatedSource
{
    private readonly SyntaxNode _root;
    private readonly List<(SyntaxNode Node, string Kind)> _places = [];

    public MutatedSource(string root, string path)
    {
        Path = path;
        _root = CSharpSyntaxTree.ParseText(File.ReadAllText(System.IO.Path.Combine(root, path))).GetRoot();
        _places.AddRange(_root.DescendantNodes().SelectMany(node => Mutations.KindsOf(node).Select(kind => (node, kind))));
    }

    /// <summary>The file, from the repository's root.</summary>
    public string Path { get; }

    /// <summary>How many changes are possible.</summary>
    public int Count => _places.Count;

    /// <summary>A possible change as a mutant.</summary>
    public Mutant ToMutant(int place, int number)
    {
        (SyntaxNode node, string kind) = _places[place];

        // A number or a truth says nothing without what it stands in.
        string code = node is LiteralExpressionSyntax
            ? $"{node} of {node.Ancestors().First(parent => parent is not (ArgumentSyntax or BaseArgumentListSyntax))}" : node.ToString();
        string text = string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        return new Mutant(number, Path, line, kind, text.Length > 110 ? text[..110] + "…" : text, IsStatic(node));
    }

    /// <summary>The source with changes in it.</summary>
    public string With(IReadOnlyDictionary<int, int> numberByPlace)
    {
        ILookup<SyntaxNode, (string Kind, int Number)> changes =
            numberByPlace.ToLookup(pair => _places[pair.Key].Node, pair => (_places[pair.Key].Kind, pair.Value));
        return _root.ReplaceNodes(changes.Select(change => change.Key), (original, node) =>
        {
            // One change of a node at a time: a second would find another kind of node there.
            (string kind, int number) = changes[original].First();
            return Mutations.Apply(original, node, kind, number);
        }).ToFullString();
    }

    /// <summary>Whether two changes are at the same node, so that only one of them can be made.</summary>
    public bool AreOne(int first, int second) => _places[first].Node == _places[second].Node;

    // What an initializer of a static member or a static constructor does itself, not what it makes for later.
    private static bool IsStatic(SyntaxNode node) => node.Ancestors()
        .TakeWhile(parent => parent is not AnonymousFunctionExpressionSyntax)
        .Any(parent => parent is EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax }
                or ConstructorDeclarationSyntax
            && parent.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().First().Modifiers.Any(SyntaxKind.StaticKeyword));
}
