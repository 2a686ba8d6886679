import {sep} from 'node:path';
import {fileURLToPath} from 'node:url';

import ts from 'typescript';

import {targetOf, typeTexts} from './types.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Text on one line, with `{@link X}` as code. */
export const oneLine = (text) =>
  text
    .replace(/\{@link\s+([^}\s|]+)[^}]*\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();

/** What a class's constructor assigns to `this.name`, also in a chain: `this.a = this.b = false`. */
const assigned = ({members}, name) => {
  let found;
  const visit = (node) => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      node.left.getText() === `this.${name}`
    )
      found = node.right;
    ts.forEachChild(node, visit);
  };
  const constructor = members.find(ts.isConstructorDeclaration);
  if (constructor) visit(constructor.body);
  while (found && ts.isBinaryExpression(found)) found = found.right;
  return found;
};

/** The source as TypeScript sees it: what the analyzer, which sees single files, cannot tell. */
export class Source {
  #program;
  #checker;

  constructor() {
    const path = `${root}tsconfig.json`;
    const {config} = ts.readConfigFile(path, ts.sys.readFile);
    const {options} = ts.parseJsonConfigFileContent({...config, include: ['src']}, ts.sys, root);
    this.#program = ts.createProgram([`${root}src/index.ts`], {...options, types: []});
    this.#checker = this.#program.getTypeChecker();
  }

  /** The classes of one folder below src, by name. */
  classes(folder) {
    const inFolder = (file) =>
      file.fileName.startsWith(`${root}src/${folder}/`.replaceAll(sep, '/'));
    const found = this.#program.getSourceFiles().filter(inFolder);
    return new Map(
      found.flatMap(({statements}) =>
        statements.filter(ts.isClassDeclaration).map((node) => [node.name.text, node]),
      ),
    );
  }

  /** A member of a class's instances, its own or inherited from a class of ours. */
  member(declaration, name) {
    return this.#instance(declaration).getProperty(name);
  }

  /** Members that an interface of ours declares of a class's instances, as the analyzer has members. */
  declaredOnly(declaration) {
    return this.#instance(declaration)
      .getProperties()
      .map(({name, valueDeclaration: member}) => ({name, member}))
      .filter(({member}) => member && !member.getSourceFile().isDeclarationFile)
      .filter(({member}) => ts.isPropertySignature(member) || ts.isMethodSignature(member))
      .map(({name, member}) => ({name, kind: ts.isMethodSignature(member) ? 'method' : 'field'}));
  }

  /** What the JSDoc of a member says. */
  description(symbol) {
    const text = symbol
      .getDocumentationComment(this.#checker)
      .map(({text}) => text)
      .join('');
    return oneLine(text) || undefined;
  }

  /** `@throws` of a method: the error's class, and when. */
  throws(symbol) {
    return this.#tags(symbol, 'throws').map((tag) => ({
      type: {text: tag.typeExpression?.type.getText() ?? 'Error'},
      description: oneLine(ts.getTextOfJSDocComment(tag.comment) ?? ''),
    }));
  }

  /** The default of a property: its `@default`, else what the constructor assigns; none if null. */
  defaultOf(declaration, name) {
    const symbol = this.member(declaration, name);
    const [tag] = this.#tags(symbol, 'default');
    if (tag) return oneLine(ts.getTextOfJSDocComment(tag.comment) ?? '');
    const {parent, initializer} = symbol.valueDeclaration;
    const value = assigned(declaration, name) ?? assigned(parent, name) ?? initializer;
    const text = value && this.#constant(value);
    return text === 'null' || text === 'undefined' ? undefined : text;
  }

  /** A property's declared type: `text` as written, `parsedType` with names of our own resolved. */
  typeOf(symbol) {
    return typeTexts(this.#checker, this.#typeNode(symbol), this.#checker.getTypeOfSymbol(symbol));
  }

  /** Types of a method's parameters and of its answer. */
  signature(symbol) {
    const {parameters, type} = symbol.valueDeclaration;
    const answer = this.#checker.getSignatureFromDeclaration(symbol.valueDeclaration);
    return {
      parameters: parameters.map((parameter) => ({
        name: parameter.name.getText(),
        ...((parameter.questionToken || parameter.initializer) && {optional: true}),
        ...typeTexts(this.#checker, parameter.type, this.#checker.getTypeAtLocation(parameter)),
      })),
      return: typeTexts(this.#checker, type, answer.getReturnType()),
    };
  }

  /** The fields of an event's `detail`; none if it has no detail. */
  detail(declaration) {
    const detail = this.#checker.getTypeOfSymbol(this.member(declaration, 'detail'));
    if (detail.flags & ts.TypeFlags.Null) return [];
    return detail.getProperties().map((symbol) => {
      const description = this.description(symbol);
      const optional = !!(symbol.flags & ts.SymbolFlags.Optional);
      return {
        name: symbol.name,
        ...(optional && {optional}),
        ...this.typeOf(symbol),
        ...(description && {description}),
      };
    });
  }

  /** What an event's class gives to its base: its type, and whether it is cancelable. */
  superCall(declaration) {
    const constructor = declaration.members.find(ts.isConstructorDeclaration);
    const call = constructor?.body.statements
      .map(({expression}) => expression)
      .find(
        (node) =>
          node && ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword,
      );
    const [type, , cancelable] = call?.arguments ?? [];
    return {
      type: type && ts.isStringLiteral(type) ? type.text : undefined,
      cancelable: cancelable?.kind === ts.SyntaxKind.TrueKeyword,
    };
  }

  /** The name of the class that a class extends. */
  baseName(declaration) {
    return declaration.heritageClauses
      ?.find(({token}) => token === ts.SyntaxKind.ExtendsKeyword)
      ?.types[0].expression.getText();
  }

  /** The class that one of the DOM's event maps has for an event. */
  mapped(map, type) {
    const symbol = this.#checker.resolveName(map, undefined, ts.SymbolFlags.Interface, false);
    const event = this.#checker.getDeclaredTypeOfSymbol(symbol).getProperty(type);
    return event && this.#checker.getTypeOfSymbol(event).symbol.name;
  }

  #instance(declaration) {
    return this.#checker.getTypeAtLocation(declaration);
  }

  #tags(symbol, name) {
    return (symbol.declarations ?? [])
      .flatMap((declaration) => ts.getJSDocTags(declaration))
      .filter(({tagName}) => tagName.text === name);
  }

  /** The text of a constant, through names to where it is written. */
  #constant(node) {
    if (ts.isNumericLiteral(node)) return String(Number(node.getText().replaceAll('_', '')));
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
      return this.#constant(node.expression);
    if (ts.isCallExpression(node) && node.expression.getText() === 'Object.freeze')
      return this.#constant(node.arguments[0]);
    if (ts.isIdentifier(node) && node.text !== 'undefined') {
      const {valueDeclaration} = targetOf(this.#checker, node);
      const initializer = valueDeclaration?.initializer;
      return initializer ? this.#constant(initializer) : node.text;
    }
    if (ts.isObjectLiteralExpression(node) && node.properties.every(ts.isPropertyAssignment)) {
      const field = (each) => `${each.name.getText()}: ${this.#constant(each.initializer)}`;
      return `{${node.properties.map(field).join(', ')}}`;
    }
    return node.getText().replace(/\s+/g, ' ');
  }

  #typeNode(symbol) {
    const getter = symbol.declarations.find(ts.isGetAccessor);
    return (getter ?? symbol.valueDeclaration).type;
  }
}
