import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parsePerson} from '../../src/protocol/pane-person.js';
import {anything, HOSTILE_RUNS, objectWith, ODD_VALUES} from './hostile.js';

const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';

describe('parsePerson', () => {
  it('reads a name and a picture', () => {
    const anna = {name: 'Anna Smith', image: 'https://app.example.com/anna.png'};
    expect(parsePerson(anna)).to.deep.equal(anna);
    expect(parsePerson({name: 'Anna'})).to.deep.equal({name: 'Anna'});
    expect(parsePerson({image: PICTURE})).to.deep.equal({image: PICTURE});
  });

  it('keeps a name to one line of 256 characters, in which nothing is unseen', () => {
    expect(parsePerson({name: ' Anna\n\tSmith\u202e\u200b '})).to.deep.equal({name: 'Anna Smith'});
    expect(parsePerson({name: 'x'.repeat(100_000)}).name).to.have.length(256);
  });

  it('leaves out a name of which nothing is seen', () => {
    for (const name of ['', ' ', '\u200b', '\u2800', '\u202e'])
      expect(parsePerson({name}), JSON.stringify(name)).to.deep.equal({});
  });

  it('takes pictures as the widget does: by https, and those in an address of their own', () => {
    for (const image of ['https://app.example.com/anna?size=64#x', PICTURE])
      expect(parsePerson({image}), image).to.deep.equal({image});
  });

  it('takes no other address', () => {
    for (const image of [
      'http://app.example.com/anna.png',
      'http://localhost:8080/anna.png',
      'data:image/svg+xml,%3Csvg/%3E',
      'data:image/svg+xml;base64,AAAA',
      '/anna.png',
      'anna.png',
      '//app.example.com/anna.png',
      'javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'data:,image/png;',
      ' data:image/png;base64,AAAA',
      'data:image/;base64,AAAA',
      'blob:https://app.example.com/1',
      'https://user:password@app.example.com/anna.png',
      'https://app.example.com/\nanna.png',
      `https://app.example.com/${'x'.repeat(2_048)}`,
      `data:image/png;base64,${'A'.repeat(65_536)}`,
    ])
      expect(parsePerson({image}), image.slice(0, 60)).to.deep.equal({});
  });

  it('reads own properties alone', () => {
    expect(parsePerson(Object.create({name: 'Anna'}))).to.deep.equal({});
  });

  it('takes nothing that is no text', () => {
    for (const value of ODD_VALUES) {
      expect(parsePerson(value), 'in its place').to.deep.equal({});
      if (typeof value !== 'string')
        expect(parsePerson({name: value, image: value})).to.deep.equal({});
    }
  });

  it('stands whatever it is given, and gives what can be shown', () => {
    fc.assert(
      fc.property(fc.oneof(anything(), objectWith(['name', 'image'])), (data) => {
        const {name, image, ...more} = parsePerson(data);
        expect(more).to.deep.equal({});
        expect(name === undefined || (name.length > 0 && name.length <= 256)).to.equal(true);
        expect(image === undefined || /^(https:|data:image\/)/.test(image)).to.equal(true);
      }),
      HOSTILE_RUNS,
    );
  });
});
