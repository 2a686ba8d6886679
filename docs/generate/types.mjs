import ts from 'typescript';

/** The name of a whole module in front of a type: `events.` of `events.Dialect`. */
const IMPORTED_AS = /\b[a-z]\w*\.(?=[A-Z])/g;
/** How many objects within objects are written out. */
const DEPTH = 2;
/** An interface with more fields than this, as that of a dial-out, is better looked up. */
const FIELDS = 6;

const textOf = (node) => node.getText().replace(IMPORTED_AS, '').replace(/\s+/g, ' ');

/** What a name stands for, through imports. */
export const targetOf = (checker, node) => {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
};

/**
 * A type for the manifest: `type` as it is written, `parsedType` with names of our own resolved. It
 * is read from the annotation, so that the order is that of the source; without one, as inferred.
 */
export const typeTexts = (checker, node, inferred) => {
  if (!node) return {type: {text: checker.typeToString(inferred)}};
  const text = textOf(node);
  const parsed = expand(checker, node, DEPTH);
  return {type: {text}, ...(parsed !== text && {parsedType: {text: parsed}})};
};

/**
 * A type with our own unions of literals and our own interfaces written out: what a reader needs
 * without looking them up. Other names stay, as does a class.
 */
const expand = (checker, node, depth) => {
  const again = (inner) => expand(checker, inner, depth);
  if (ts.isUnionTypeNode(node)) return node.types.map(again).join(' | ');
  if (ts.isTypeOperatorNode(node)) return again(node.type);
  if (ts.isTypeLiteralNode(node)) return fieldsOf(checker, node, depth);
  if (ts.isArrayTypeNode(node)) {
    const element = again(node.elementType);
    return / \| (?![^{]*})/.test(element) ? `(${element})[]` : `${element}[]`;
  }
  if (!ts.isTypeReferenceNode(node)) return textOf(node);
  const name = textOf(node.typeName);
  if (name === 'Readonly') return again(node.typeArguments[0]);
  if (node.typeArguments) return `${name}<${node.typeArguments.map(again).join(', ')}>`;
  const declaration = targetOf(checker, node.typeName).declarations?.[0];
  // TypeScript's own and a library's types come as declaration files.
  if (!declaration || declaration.getSourceFile().isDeclarationFile) return name;
  if (ts.isInterfaceDeclaration(declaration))
    return depth && declaration.members.length <= FIELDS
      ? fieldsOf(checker, declaration, depth)
      : name;
  const union = ts.isTypeAliasDeclaration(declaration) && declaration.type;
  return union && ts.isUnionTypeNode(union) && union.types.every(ts.isLiteralTypeNode)
    ? again(union)
    : name;
};

const fieldsOf = (checker, {members}, depth) => {
  const fields = members.filter(ts.isPropertySignature).map((field) => {
    const mark = field.questionToken ? '?' : '';
    return `${field.name.getText()}${mark}: ${expand(checker, field.type, depth - 1)}`;
  });
  return `{${fields.join(', ')}}`;
};
