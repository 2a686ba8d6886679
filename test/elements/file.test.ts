import {expect} from '@open-wc/testing';

import type {FileAttachment} from '../../src/protocol/attachment-types.js';
import type {MessageContext} from '../../src/elements/native/context.js';
import {RcFileElement} from '../../src/elements/native/file.js';
import {filesEnglish} from '../../src/elements/strings/files-en.js';
import {en} from '../../src/elements/strings/en.js';
import {deferred} from '../support/deferred.js';
import {place} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';

// A name of its own: the pane may have defined another one.
class TestFile extends RcFileElement {}
customElements.define('test-file', TestFile);

const REPORT: FileAttachment = {
  type: 'file',
  title: 'report.txt',
  url: '/file-upload/1/report.txt',
};

/** A file whose button was pressed, and the answer to it. */
const fetching = async () => {
  const answer = deferred<string>();
  const files = {fetches: true, direct: () => undefined, fetch: () => answer.promise};
  const element = new TestFile();
  Object.assign(element, {
    file: REPORT,
    context: {files} as unknown as MessageContext,
    language: {tag: 'en', strings: {...en, ...filesEnglish}},
  });
  place(element);
  await element.updateComplete;
  element.querySelector('button')!.click();
  return {element, answer};
};

/** The names under which something is saved. */
const saving = (): readonly string[] => {
  const saved: string[] = [];
  const {click} = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download);
  };
  after(() => (HTMLAnchorElement.prototype.click = click));
  return saved;
};

describe('a file of a message that is being fetched', () => {
  const saved = saving();

  it('is saved though its message changes meanwhile', async () => {
    const {element, answer} = await fetching();
    element.file = {...REPORT};
    answer.resolve('blob:null/1');
    await waitUntil(() => saved.length === 1, 'it is saved');
    expect(saved).to.deep.equal(['report.txt']);
  });

  it('says that it could not be fetched though its message changes meanwhile', async () => {
    const {element, answer} = await fetching();
    element.file = {...REPORT};
    answer.reject(new Error('gone'));
    await waitUntil(() => element.querySelector('[role=alert]'), 'it says so');
  });

  it('is left where another file takes its place', async () => {
    const {element, answer} = await fetching();
    element.file = {...REPORT, url: '/file-upload/2/report.txt'};
    const before = saved.length;
    answer.resolve('blob:null/1');
    await answer.promise;
    await element.updateComplete;
    expect(saved.length).to.equal(before);
    expect(element.problem).to.equal(false);
  });
});
