import {expect} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {press} from '../support/around-place.js';
import {violationsIn} from '../support/axe.js';
import {ARABIC, fileOf, placeComposer} from '../support/composer-place.js';
import {waitUntil} from '../support/wait.js';

type Placed = Awaited<ReturnType<typeof placeComposer>>;

const PEOPLE = [{username: 'alice', name: 'Alice', status: 'online'} as const];

/** The states that look different. */
const STATES: Readonly<Record<string, (placed: Placed) => Promise<unknown> | void>> = {
  'with nothing written': () => undefined,
  'with a list to choose from': async ({composer, write, all}) => {
    composer.sources = {candidates: () => Promise.resolve(PEOPLE)};
    await write('@a');
    await waitUntil(() => all('[role=option]').length > 1);
  },
  'with a message that is edited': ({composer}) => composer.edit('m', 'Old text'),
  'with a reply': ({composer}) => composer.quote({id: 'm', author: 'Alice', text: 'Hello'}),
  'with files of all kinds': async ({composer, textarea, uploads, texts}) => {
    composer.limits = {files: {size: 100}};
    composer.addFiles([fileOf('failed.txt'), fileOf('sending.txt'), fileOf('large.txt', '', 101)]);
    press(textarea, 'Enter');
    uploads[0]!.fail(new Error('no'));
    await waitUntil(() => uploads.length === 2);
    uploads[1]!.onProgress(0.5);
    composer.addFiles([fileOf('waiting.txt')]);
    await composer.updateComplete;
    expect(texts('.composer-chip')).to.have.lengthOf(4);
  },
  'with a text that is too long': async ({composer, textarea, write}) => {
    composer.limits = {text: 3};
    await write('12345');
    press(textarea, 'Enter');
  },
  'where nobody can write': ({composer}) => {
    composer.blocked = 'archived';
  },
};

const LOOKS: Readonly<Record<string, Partial<RcComposerElement> & {scheme: string}>> = {
  'in light': {scheme: 'light'},
  'in dark': {scheme: 'dark'},
  'in Arabic': {scheme: 'light', language: ARABIC},
};

describe('axe finds nothing in the composer', () => {
  for (const [look, {scheme, ...fields}] of Object.entries(LOOKS))
    for (const [state, enter] of Object.entries(STATES))
      it(`${state}, ${look}`, async () => {
        const placed = await placeComposer(fields);
        placed.host.style.colorScheme = scheme;
        await enter(placed);
        await placed.composer.updateComplete;
        expect(await violationsIn(placed.host)).to.deep.equal([]);
      });
});
