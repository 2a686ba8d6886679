import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {fileProblem, problemOf, UploadRefused} from '../../src/session/file-rules.js';

const PNG = {size: 1_000, type: 'image/png'};

describe('the rules for files', () => {
  it('take any file where the workspace says nothing', () => {
    for (const type of ['', 'image/png', 'x/y']) {
      expect(fileProblem({size: 1e12, type}, {})).to.equal(undefined);
      expect(fileProblem({size: 0, type}, {size: -1, allowed: ' ', refused: ''})).to.equal(
        undefined,
      );
    }
  });

  it('refuse a file that is larger than the largest', () => {
    expect(fileProblem(PNG, {size: 1_000})).to.equal(undefined);
    expect(fileProblem(PNG, {size: 999})).to.equal('too-large');
    expect(fileProblem(PNG, {size: 0})).to.equal('too-large');
  });

  it('refuse a type that is on the list of refused ones, or not on that of allowed ones', () => {
    expect(fileProblem(PNG, {refused: 'text/html, image/png'})).to.equal('type');
    expect(fileProblem(PNG, {refused: 'image/*'})).to.equal('type');
    expect(fileProblem(PNG, {refused: 'image/svg+xml'})).to.equal(undefined);
    expect(fileProblem(PNG, {allowed: 'text/plain,image/PNG'})).to.equal(undefined);
    expect(fileProblem(PNG, {allowed: 'image/*'})).to.equal(undefined);
    expect(fileProblem(PNG, {allowed: 'image/jpeg'})).to.equal('type');
    expect(fileProblem(PNG, {allowed: 'image/*', refused: 'image/png'})).to.equal('type');
  });

  it('know a type by its name alone, in either case, and one that is unknown', () => {
    const html = {size: 1, type: 'Text/HTML; charset=utf-8'};
    expect(fileProblem(html, {refused: 'text/html'})).to.equal('type');
    const unknown = {size: 1, type: ''};
    expect(fileProblem(unknown, {allowed: 'image/*'})).to.equal('type');
    expect(fileProblem(unknown, {allowed: 'application/octet-stream'})).to.equal(undefined);
    expect(fileProblem({size: 1, type: 'imagex/png'}, {refused: 'image/*'})).to.equal(undefined);
  });

  it('never throw, whatever the lists hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (type, allowed, refused) => {
        expect([undefined, 'type']).to.include(fileProblem({size: 1, type}, {allowed, refused}));
      }),
    );
  });

  it('are told by an error without the name of the file', () => {
    const error = new UploadRefused('type');
    expect(error.problem).to.equal('type');
    expect(error.message).to.equal('The file was not taken (type).');
  });

  it('is told by its field, whatever class the error is of; anything else has failed', () => {
    expect(problemOf(new UploadRefused('disabled'))).to.equal('disabled');
    expect(problemOf({problem: 'too-large'})).to.equal('too-large');
    for (const odd of [
      new Error('type'),
      {problem: 'other'},
      {problem: null},
      null,
      undefined,
      'type',
    ])
      expect(problemOf(odd)).to.equal('failed');
  });
});
