import {createHash} from 'node:crypto';
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve as resolvePath} from 'node:path';

import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';

import {describeSize, limitProblem, readFigures, sizeOf} from './bench/sizes/figures.mjs';
import {broker, commands} from './broker/rollup.config.mjs';

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));

/** What the classic script loads when first needed, by the name of the part. */
const PARTS = {
  ar: 'src/elements/strings/ar.ts',
  'ar-native': 'src/elements/strings/ar-native.ts',
  around: 'src/elements/around.ts',
  auto: 'src/elements/auto.ts',
  broker: 'src/elements/broker.ts',
  calls: 'src/elements/calls.ts',
  composer: 'src/elements/composer.ts',
  create: 'src/widget/create.ts',
  de: 'src/elements/strings/de.ts',
  'de-native': 'src/elements/strings/de-native.ts',
  debug: 'src/message-log.ts',
  desk: 'src/elements/floating/desk.ts',
  dial: 'src/elements/dialling.ts',
  embed: 'src/elements/views/embed-view.ts',
  emoji: 'src/elements/native/emoji/emoji.ts',
  files: 'src/elements/files.ts',
  findings: 'src/elements/findings.ts',
  it: 'src/elements/strings/it.ts',
  'it-native': 'src/elements/strings/it-native.ts',
  launcher: 'src/elements/floating/launcher.ts',
  lit: 'src/elements/lit.ts',
  live: 'src/elements/live.ts',
  native: 'src/elements/views/native-view.ts',
  people: 'src/elements/people.ts',
  reasons: 'src/elements/reasons.ts',
  rest: 'src/elements/rest.ts',
  standby: 'src/elements/standby.ts',
  tokens: 'src/elements/tokens.ts',
  users: 'src/elements/floating/users-part.ts',
  window: 'src/elements/window/window.ts',
};
const fileOf = (part) => `pexip-chat-room.${part}.min.js`;

const typescript = (define = {}) =>
  esbuild({
    target: 'es2022',
    define: {__VERSION__: JSON.stringify(version), ...define},
    tsconfig: 'tsconfig.json',
  });
const resolve = (options) => nodeResolve({exportConditions: ['production'], ...options});
const minify = (compress = {}, mangle = {}) =>
  terser({
    ecma: 2022,
    compress: {passes: 3, ...compress},
    mangle,
    toplevel: true,
    // ASCII, as a page that says no charset would garble anything else.
    format: {ascii_only: true, comments: /^!/},
  });
const copy = (files) => ({
  name: 'copy',
  writeBundle: () => files.forEach(([from, to]) => cpSync(from, to, {recursive: true})),
});
/** What a file says of itself, with the licences of the libraries that it contains. */
const bannerOf = (...libraries) =>
  `/*! ${[`pexip-chat-room ${version}, Apache-2.0.`, ...libraries.map((each) => `Contains ${each}.`)].join(' ')} */`;
const LIT = 'Lit, BSD-3-Clause, (c) Google LLC';
const CONTAINED = {lit: [LIT], native: ['virtua, MIT, (c) inokawa']};

/** Style sheets need no indentation: no string in them holds a run of white space. */
const compactStyles = {
  name: 'compact-styles',
  transform: (code, id) =>
    id.endsWith('.styles.ts')
      ? {
          code: code
            .replace(/\s*\n\s*/g, '\n')
            .replace(/\s*([{};,])\s+|(?<=\w): /g, (found, mark = ':') => mark)
            .replace(/;(?=\})|(?<=[:\s(,])0(?=\.\d)|(?<=`)\s+/g, ''),
          map: null,
        }
      : null,
};

/** What is written in several lines in a template of Lit is one line to a browser. */
const compactTemplates = {
  name: 'compact-templates',
  transform(code, id) {
    if (!id.includes('/elements/native/')) return null;
    const texts = [];
    const visit = (node) => {
      if (node?.type === 'TaggedTemplateExpression') texts.push(...node.quasi.quasis);
      for (const each of Object.values(node ?? {}))
        if (each && typeof each === 'object') visit(each);
    };
    visit(this.parse(code));
    let compact = code;
    for (const {start, end} of texts.sort((one, other) => other.start - one.start))
      compact =
        compact.slice(0, start) +
        compact.slice(start, end).replace(/\s*\n\s*/g, ' ') +
        compact.slice(end);
    return {code: compact, map: null};
  },
};

/** Puts one module in the place of another. */
const instead = (name, replacements) => ({
  name,
  resolveId(source, importer) {
    const other = replacements[source.replace(/^.*\//, '')];
    return other
      ? this.resolve(other, importer?.includes('node_modules') ? undefined : importer)
      : null;
  },
});

/**
 * Leaves out of the first script what none of its elements uses of Lit, and no supported browser
 * needs: decorators, polyfill hooks, converters, default values, accessors of a superclass. A type is
 * Boolean or Number, and has an attribute. 650 bytes brotli. Another version of Lit that is written otherwise fails the build.
 */
const UNUSED_IN_LIT = [
  [',p=a.reactiveElementPolyfillSupport'],
  [',p?.({ReactiveElement:y})'],
  [',(a.reactiveElementVersions??=[]).push("2.1.2")'],
  ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;'],
  [
    'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
  ],
  ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}'],
  [',this.constructor.l?.forEach(t=>t(this))'],
  [',void 0!==t.l&&(this.l=[...t.l])'],
  ['case Object:case Array:t=null==t?t:JSON.stringify(t)'],
  ['case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}'],
  ['c=a.trustedTypes,l=c?c.emptyScript:""', 'l=""'],
  ['(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute', 'u.toAttribute'],
  [
    'h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;',
    'h=u;',
  ],
  ['r??this._$Ej?.get(e)??r', 'r'],
  ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))'],
  ['i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||'],
  ['(this.hasUpdated||i||(s=void 0)', '(this.hasUpdated||(s=void 0)'],
  ['{useDefault:i,reflect:e,wrapped:h},r', '{reflect:e}'],
  ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),'],
  [
    'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
  ],
  ['type:String,converter:u,reflect:!1,useDefault:!1,'],
  [
    'const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}}static getPropertyDescriptor(t,s,i){const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}}',
    'const i=Symbol();e(this.prototype,t,{get(){return this[i]},set(e){const h=this[i];this[i]=e,this.requestUpdate(t,h,s)},configurable:!0,enumerable:!0})}}',
  ],
  ['i,e=!1,h){if(void 0!==t){', 'i){if(void 0!==t){'],
  ['if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!', 'if(i??=r.getPropertyOptions(t),!'],
  ['(i.hasChanged??f)(h,s)', '(i.hasChanged??f)(this[t],s)'],
  ['attributeChangedCallback(t,s,i){this._$AK(t,i)}'],
  ['_$AK(t,s){', 'attributeChangedCallback(t,o,s){'],
  ['enableUpdating(t){}'],
  ['y.elementStyles=[],'],
  ['this.hasUpdated=!1,this._$Em=null,'],
  ['removeController(t){this._$EO?.delete(t)}'],
  [
    'this.C(t,s,i)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(t,s,{reflect:e}){(this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
    'this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),!0===i.reflect&&this._$Em!==t&&(this._$Eq??=new Set).add(t)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}',
  ],
  ['this.constructor.shadowRootOptions', '{mode:"open"}'],
  ['y.shadowRootOptions={mode:"open"},'],
  ['getOwnPropertyDescriptor:h,'],
  ['getOwnPropertySymbols:o,'],
  [',s=[...r(t),...o(t)];for(const i of s)', ';for(const i of r(t))'],
  ['"string"==typeof t?t.toLowerCase():void 0', 't.toLowerCase()'],
  ['return this.getUpdateComplete()}getUpdateComplete(){'],
  ['this._$Ev()}_$Ev(){'],
  ['d("elementProperties")', '"elementProperties"'],
  ['d("finalized")', '"finalized"'],
  ['d("properties")', '"properties"'],
  ['y[d("elementProperties")]', 'y.elementProperties'],
  ['y[d("finalized")]', 'y.finalized'],
  ['d=(t,s)=>t,'],
  [
    's){const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i}',
    's=[]){return[s].flat(1/0)}',
  ],
  ['this._$EO?.forEach(t=>t.hostUpdate?.()),'],
  ['this._$EO?.forEach(t=>t.hostUpdated?.()),'],
  // Of the properties: a map of their own for each class, which also says that it is final.
  [
    'this._$Ei(),this.elementProperties.set(t,s),!s.noAccessor',
    'this.elementProperties.set(t,s),!s.noAccessor',
  ],
  [',s=b){if(s.state', ',s){if(s.state'],
  [
    'static _$Ei(){if(this.hasOwnProperty("elementProperties"))return;const t=n(this);t.finalize(),this.elementProperties=new Map(t.elementProperties)}',
  ],
  [
    'if(this.hasOwnProperty("finalized"))return;if(this.finalized=!0,this._$Ei(),this.',
    'if(this.hasOwnProperty("elementProperties"))return;const s=n(this);if(s.finalize(),this.elementProperties=new Map(s.elementProperties),this.',
  ],
  [',y.finalized=new Map'],
  [
    'this.finalizeStyles(this.styles)}static finalizeStyles(s=[]){return[s].flat(1/0)}',
    '[this.styles??[]].flat(1/0)}',
  ],
  ['static getPropertyOptions(t){return this.elementProperties.get(t)??b}'],
  ['const r=this.constructor;if(i??=r.getPropertyOptions(t),!((i.', 'if(!((i.'],
  ['i.getPropertyOptions(e),h=u;', 'i.elementProperties.get(e);'],
  [',b={attribute:!0,hasChanged:f}'],
  // A boolean or a number of an attribute, and back.
  [
    'const r=h.fromAttribute(s,t.type);this[e]=r,',
    'this[e]=t.type===Boolean?null!==s:t.type&&null!==s?Number(s):s,',
  ],
  [
    'if(void 0!==e&&!0===i.reflect){const h=u.toAttribute(s,i.type);',
    'const h=i.type?s?"":null:s;',
  ],
  ['this.setAttribute(e,h),this._$Em=null}}', 'this.setAttribute(e,h),this._$Em=null}'],
  [
    'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;}return i}},',
  ],
  ['l="",'],
  ['u as defaultConverter,'],
  ['this._$Ep=void 0,this.isUpdatePending', 'this.isUpdatePending'],
  ['if(!this.isUpdatePending)return;'],
  [
    'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)}willUpdate(t){}_$AE(t){this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}',
    'try{this._$AE(this._$AL)}catch(s){throw this._$EM(),s}}_$AE(t){this.update(t),this.hasUpdated=!0}',
  ],
  ['this.scheduleUpdate();return', 'this.performUpdate();return'],
  ['scheduleUpdate(){return this.performUpdate()}'],
  ['shouldUpdate(t){return!0}'],
  [',this._$EM()}updated(t){}firstUpdated(t){}}', ',this._$EM()}}'],
  [',configurable:!0,enumerable:!0}', '}'],
  ['s.state&&(s.attribute=!1),'],
  [',void 0!==this.renderRoot&&this.isConnected&&t.hostConnected?.()'],
  ['!0===i.reflect&&', 'i.reflect&&'],
  ['!1===this.isUpdatePending&&(', 'this.isUpdatePending||('],
  ['this._$Eh&&[', '['],
  [
    'this._$E_(),this.requestUpdate()}',
    'this._$Ep=new Map;for(const i of this.constructor.elementProperties.keys())this.hasOwnProperty(i)&&(this._$Ep.set(i,this[i]),delete this[i]);this.requestUpdate()}',
  ],
  [
    '_$E_(){const t=new Map,s=this.constructor.elementProperties;for(const i of s.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)}',
  ],
  [
    'if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[t,s]of this._$Ep)this[t]=s;this._$Ep=void 0}}',
    'this.renderRoot??=this.createRenderRoot();for(const[t,s]of this._$Ep)this[t]=s;this._$Ep=[]}',
  ],
];
const leaveOutOfLit = {
  name: 'leave-out-of-lit',
  transform(code, id) {
    if (!id.endsWith('@lit/reactive-element/reactive-element.js')) return null;
    const shorter = UNUSED_IN_LIT.reduce((rest, [part, instead = '']) => {
      if (!rest.includes(part)) this.error(`Lit is written otherwise: ${part} is not there.`);
      return rest.replace(part, instead);
    }, code);
    return {code: shorter, map: null};
  },
};

/**
 * Leaves out of virtua what its scroll box never runs in our list, whose rows are measured, reached and
 * scrolled to by code of our own: from the first text of each pair to the second. 700 bytes brotli.
 * Another version of virtua that is written otherwise fails the build.
 */
const UNUSED_IN_VIRTUA = [
  // Of the store: its version, the range to draw, sizes and numbers of rows, and scrolling by itself.
  ['$getStateVersion:', '$getItemOffset: t => r(t) - S,'],
  ['case 3:', 'case 4:'],
  ['case 5:', 'case 6:'],
  ['case 8:', '}\n            a && (p ='],
  // Of the driver: scrolling by itself, and rows to measure.
  ['m: (n, o, s = I) =>', '};\n}, j ='],
  ['$observeItem:', '$effect() {'],
];
const VIRTUA = 'virtua/lib/core/index.js';
const shorterVirtua = (code) =>
  UNUSED_IN_VIRTUA.reduce((rest, [from, to]) => {
    const start = rest.indexOf(from);
    const end = rest.indexOf(to, start);
    if (start < 0 || end < 0) throw new Error(`virtua is written otherwise: ${from} is not there.`);
    return rest.slice(0, start) + rest.slice(end);
  }, code);
const leaveOutOfVirtua = {
  name: 'leave-out-of-virtua',
  transform: (code, id) => (id.endsWith(VIRTUA) ? {code: shorterVirtua(code), map: null} : null),
};
/** For the test runner: the tests of the list judge virtua as it is built. */
export const virtuaAsBuilt = {
  name: 'virtua-as-built',
  transform: ({path, body}) => (path.endsWith(VIRTUA) ? {body: shorterVirtua(body)} : undefined),
};

/**
 * Numbers the private names of every class from one: Terser gives each of a whole file a name of its
 * own, of two letters in the end, and what is named alike is smaller. 200 bytes brotli in the first script.
 */
const numberPrivateNames = {
  name: 'number-private-names',
  renderChunk(code) {
    const found = [];
    // A class within another one shares its numbers: it may use the names of both.
    const visit = (node, numbers) => {
      if (!node || typeof node !== 'object') return;
      const own = node.type === 'ClassBody' ? (numbers ?? new Map()) : numbers;
      if (node.type === 'PrivateIdentifier') {
        if (!own.has(node.name)) own.set(node.name, own.size + 1);
        found.push({...node, number: own.get(node.name)});
      }
      for (const child of Object.values(node)) visit(child, own);
    };
    visit(this.parse(code));
    const numbered = found
      .sort((one, other) => other.start - one.start)
      .reduce(
        (rest, {start, end, number}) => `${rest.slice(0, start)}#p${number}${rest.slice(end)}`,
        code,
      );
    return {code: numbered, map: null};
  },
};

/** The limits are in bench/sizes.json; that no file grows unnoticed below its limit is CI's to check. */
const sizeLimit = () => ({
  name: 'size-limit',
  generateBundle(_, bundle) {
    const figures = readFigures();
    for (const [name, {code}] of Object.entries(bundle)) {
      const size = sizeOf(code);
      console.log(describeSize(name, size, figures));
      const problem = limitProblem(name, size, figures);
      if (problem) this.error(problem);
    }
  },
});

/** What parts take from the first script: the exports of src/parts/core.ts, by their module. */
const shared = [
  ...readFileSync('src/parts/core.ts', 'utf8').matchAll(
    /^export \{([^}]+)\} from '(?:\.\.\/)?([^']+?)(?:\.js)?'/gm,
  ),
].map(([, names, module]) => ({
  module: resolvePath('src', `${module}.ts`),
  names: names.split(',').map((name) => name.trim()),
}));
/** A letter each: the files talk to nobody else by these, and the names would cost 80 bytes. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = new Map(shared.flatMap(({names}) => names).map((name, i) => [name, LETTERS[i]]));
const offerShared = {
  name: 'offer-shared',
  transform: (code, id) =>
    id.endsWith('parts/core.ts')
      ? {
          code: code.replace(
            /(?<=[{,]\s*)\w+(?=\s*[,}])/g,
            (name) => `${name} as ${letters.get(name)}`,
          ),
          map: null,
        }
      : null,
};
/** Puts what the first script offers in the place of a shared module. */
const takeShared = {
  name: 'take-shared',
  load(id) {
    const names = shared.find(({module}) => module === id)?.names;
    const line = (name) =>
      `export const ${name} = /*#__PURE__*/ PexipChatRoom.core.${letters.get(name)};`;
    return names ? {code: names.map(line).join('\n'), moduleSideEffects: false} : null;
  },
};

/**
 * Members by which only modules of the first script know each other: their names are shortened there,
 * which saves 60 bytes brotli. A part that used one would not find it, and is not built.
 */
const OWN_MEMBERS =
  /\b(?:binds|elementStyles|enableUpdating|fireError|forChanged|frameView|idChanged|isUpdatePending|misread|pageLoaded|painted|partnerOrigin|setBadge|toggleState|unbind|useLanguage)\b/;
const noOwnMembers = {
  name: 'no-own-members',
  renderChunk(code) {
    const [used] = OWN_MEMBERS.exec(code) ?? [];
    if (used) this.error(`${used} is a name of the first script alone: see OWN_MEMBERS.`);
  },
};

/**
 * The first script has made the object that all parts are put into. Each is put there by its last
 * statement: one that could not run, as Lit without its policy, is not there.
 */
const intoParts = {
  name: 'into-parts',
  renderChunk: (code) => ({
    code: code.replace(
      /^this\.PexipChatRoom = .*\nthis\.PexipChatRoom\.parts = .*\nthis\.(?=PexipChatRoom\.parts\.)/m,
      // Fetched beside Lit, which may not have come: then it is silently not there, either.
      /PexipChatRoom\.parts\.lit\./.test(code) ? 'if (PexipChatRoom.parts.lit) ' : '',
    ),
    map: null,
  }),
};

/** Lit for the parts that render: a file of its own, which is loaded before the first of them. */
const takeLit = {
  name: 'take-lit',
  resolveId: (source) => (/^lit(\/|$)/.test(source) ? `\0${source}` : null),
  load: (id) =>
    id.startsWith('\0lit')
      ? {
          code: litNames
            .map((name) => `export const ${name} = /*#__PURE__*/ PexipChatRoom.parts.lit.${name};`)
            .join('\n'),
          moduleSideEffects: false,
        }
      : null,
};
const litNames = [...readFileSync('src/elements/lit.ts', 'utf8').matchAll(/^export \{([^}]+)\}/gm)]
  .flatMap(([, names]) => names.split(','))
  .map((name) => name.trim());
/**
 * In that file Lit's elements stand on the ReactiveElement of the first script, and have what only
 * they use: internal state, and the methods around an update. `_$AE` is what is done of an update.
 */
const takeReactiveElement = {
  name: 'take-reactive-element',
  load: (id) =>
    id.endsWith('@lit/reactive-element/reactive-element.js')
      ? `export class ReactiveElement extends PexipChatRoom.core.${letters.get('ReactiveElement')} {
          static createProperty(name, options) {
            if (options.state) options.attribute = false;
            super.createProperty(name, options);
          }
          performUpdate() {
            return this.scheduleUpdate();
          }
          scheduleUpdate() {
            return super.performUpdate();
          }
          _$AE(changed) {
            if (!this.shouldUpdate(changed)) return this._$EM();
            this.willUpdate(changed);
            const first = !this.hasUpdated;
            super._$AE(changed);
            if (first) this.firstUpdated(changed);
            this.updated(changed);
          }
          shouldUpdate() {
            return true;
          }
          willUpdate() {}
          firstUpdated() {}
          updated() {}
        }`
      : null,
};

/** The hash of every file that a script tag, ours or the loader's, can load. */
const integrities = new Map();
const integrity = () => ({
  name: 'integrity',
  generateBundle(_, bundle) {
    for (const [name, {code}] of Object.entries(bundle)) {
      integrities.set(name, `sha384-${createHash('sha384').update(code).digest('base64')}`);
    }
  },
});
/** For pages whose policy names hashes, and for whoever publishes a script tag. */
const integrityTable = {
  name: 'integrity-table',
  writeBundle({file}) {
    const files = Object.fromEntries([...integrities].sort());
    const text = JSON.stringify({version, files}, null, 2);
    writeFileSync(join(dirname(file), 'sri.json'), `${text}\n`);
  },
};

const partAsScript = ([name, input]) => ({
  input,
  treeshake: {propertyReadSideEffects: false, unknownGlobalSideEffects: false},
  plugins: [
    takeShared,
    name === 'lit' ? takeReactiveElement : takeLit,
    resolve(),
    leaveOutOfVirtua,
    compactStyles,
    typescript(),
    compactTemplates,
    noOwnMembers,
    intoParts,
    numberPrivateNames,
    minify(),
    sizeLimit(),
    integrity(),
  ],
  output: {
    file: `dist/${fileOf(name)}`,
    format: 'iife',
    name: `PexipChatRoom.parts.${name}`,
    banner: bannerOf(...(CONTAINED[name] ?? [])),
  },
});

/** Writes the hashes of these parts, which are built by then, into a module. */
const hashesInto = (module, constant, names) => ({
  name: 'hashes',
  transform(code, id) {
    if (!id.endsWith(module)) return null;
    const hashes = names.map((name) => [
      name,
      integrities.get(fileOf(name)).replace('sha384-', ''),
    ]);
    const table = JSON.stringify(Object.fromEntries(hashes));
    return {code: `const ${constant} = ${table};\n${code}`, map: null};
  },
});

const partHashes = {
  input: 'src/parts/hashes.ts',
  plugins: [
    typescript(),
    hashesInto('hashes.ts', '__PART_HASHES__', Object.keys(PARTS)),
    intoParts,
    minify(),
    sizeLimit(),
    integrity(),
  ],
  output: {
    file: `dist/${fileOf('hashes')}`,
    format: 'iife',
    name: 'PexipChatRoom.parts.hashes',
    banner: bannerOf(),
  },
};

const elementsAsModules = {
  input: {index: 'src/index.ts', define: 'src/define.ts'},
  // Its directives, too: with a copy of lit-html beside it they would make its policy a second time.
  external: [/^lit(\/|$)/],
  plugins: [resolve(), typescript()],
  output: {
    dir: 'dist',
    format: 'es',
    chunkFileNames: '[name].js',
    // Imports that load early what others import would have bundlers warn: the files have no side effects.
    hoistTransitiveImports: false,
  },
};

const elementsAsScript = {
  input: 'src/global.ts',
  plugins: [
    // The elements of the first script need Lit's core only; lit-html comes with the parts that render.
    instead('for-a-script', {
      lit: '@lit/reactive-element',
      'css-tag.js': resolvePath('src/elements/css-tag-by-script.ts'),
      'load-part.js': resolvePath('src/parts/load-part-by-script.ts'),
    }),
    resolve(),
    leaveOutOfLit,
    compactStyles,
    offerShared,
    typescript(),
    hashesInto('load-part-by-script.ts', '__HASH_OF_HASHES__', ['hashes']),
    numberPrivateNames,
    // What is not put inline repeats itself more, and none of its methods is ever constructed: 40 bytes brotli.
    minify({inline: 1, unsafe_methods: true, passes: 1}, {properties: {regex: OWN_MEMBERS}}),
    sizeLimit(),
    integrity(),
    integrityTable,
  ],
  output: {file: 'dist/pexip-chat-room.min.js', format: 'iife', banner: bannerOf(LIT)},
};

/** One classic script: a module would be a CORS fetch from the plugin's opaque origin. */
const plugin = {
  input: 'plugin/src/index.ts',
  plugins: [
    resolve({browser: true}),
    typescript(),
    minify(),
    copy([['plugin/index.html', 'dist/plugin/index.html']]),
  ],
  output: {
    file: 'dist/plugin/index.js',
    format: 'iife',
    banner: `/*! external-chat ${version}, Apache-2.0. Contains @pexip/plugin-api and @pexip/signal, Apache-2.0, (c) Pexip AS, and uuid, MIT, (c) Robert Kieffer and others. */`,
  },
};

const simulatorPage = (name) => ({
  input: `demo/simulators/${name}/page/main.ts`,
  plugins: [
    resolve({browser: true}),
    typescript(),
    copy([
      [`demo/simulators/${name}/page/index.html`, `dist/testing/${name}/index.html`],
      [`demo/simulators/${name}/page/style.css`, `dist/testing/${name}/style.css`],
    ]),
  ],
  output: {file: `dist/testing/${name}/main.js`, format: 'iife'},
});

const simulators = {
  input: 'demo/simulators/index.ts',
  external: [/^node:/, 'ws', '@rocket.chat/message-parser', 'pexip-chat-room-broker'],
  plugins: [resolve(), typescript()],
  output: {file: 'dist/testing/index.js', format: 'es'},
};

export default [
  elementsAsModules,
  ...Object.entries(PARTS).map(partAsScript),
  partHashes,
  elementsAsScript,
  plugin,
  broker,
  commands,
  simulators,
  simulatorPage('web-app3'),
  simulatorPage('rocket-chat'),
];
