import {expect} from '@open-wc/testing';

import {ACTION_PREFIXES, readAction, type Dialect} from '../../src/protocol/dialects.js';
import {belowProto, ODD_VALUES} from './hostile.js';

const DIALECTS: readonly Dialect[] = ['external-chat', 'videoconf'];

for (const dialect of DIALECTS) {
  const action = (name: string): string => ACTION_PREFIXES[dialect] + name;

  describe(`readAction of ${dialect}`, () => {
    it('tells the dialect, and what stands after the prefix', () => {
      for (const name of ['ready', 'unheard-of', '', 'a/b']) {
        expect(readAction({action: action(name)})).to.deep.equal({dialect, name});
      }
    });

    it('is undefined for what is of neither dialect', () => {
      const others = ['ready', ` ${action('ready')}`, action('ready').toUpperCase(), dialect];
      for (const odd of [...ODD_VALUES, ...others]) {
        expect(readAction({action: odd})).to.equal(undefined);
        expect(readAction(odd)).to.equal(undefined);
      }
    });

    it('is undefined for an action of 100 characters and more', () => {
      const longest = 'x'.repeat(99 - action('').length);
      expect(readAction({action: action(longest)})?.name).to.equal(longest);
      expect(readAction({action: action(`${longest}x`)})).to.equal(undefined);
    });

    it('is undefined for an inherited action', () => {
      expect(readAction(Object.create({action: action('ready')}))).to.equal(undefined);
      expect(readAction(belowProto({action: action('ready')}))).to.equal(undefined);
    });
  });
}
