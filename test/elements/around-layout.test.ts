import {expect} from '@open-wc/testing';

import {ARABIC, placeAround, roomsOf} from '../support/around-place.js';

const MANY = roomsOf(...Array.from({length: 200}, (_, i) => `room ${i}`));

const setup = (inlineSize: string, blockSize: string) => {
  const around = placeAround();
  const {host, stage, region, find, body} = around;
  Object.assign(host.style, {inlineSize, blockSize});
  return {
    ...around,
    boxes: () => {
      // What another test has scrolled comes back in its own time.
      window.scrollTo(0, 0);
      const [list, conversation, line, all] = [region, stage, find('.line'), body].map(
        (element): Record<'top' | 'bottom' | 'left' | 'width' | 'height', number> =>
          element.getBoundingClientRect().toJSON(),
      );
      return {list: list!, conversation: conversation!, line: line!, all: all!};
    },
  };
};

describe('the place of the list of rooms', () => {
  it('is beside the conversation on a pane of 36rem, at its inline start', () => {
    for (const direction of ['ltr', 'rtl']) {
      const {host, show, boxes} = setup('36rem', '30rem');
      host.dir = direction;
      show({rooms: MANY, status: 'offline'});
      const {list, conversation, line, all} = boxes();
      expect(list.width).to.equal(14 * 16);
      expect(list.top).to.equal(conversation.top);
      expect(list.bottom).to.equal(conversation.bottom);
      expect(conversation.width).to.equal(all.width - list.width);
      expect(list.left < conversation.left).to.equal(direction === 'ltr');
      expect([line.width, line.bottom]).to.deep.equal([all.width, list.top]);
      expect(all.height).to.equal(30 * 16);
      expect(conversation.bottom).to.be.closeTo(all.bottom, 1);
    }
  });

  it('is above the conversation on a narrower pane, and at most 40% of it', () => {
    const {show, boxes} = setup('35.9rem', '40rem');
    show({rooms: MANY});
    const {list, conversation, all} = boxes();
    expect(list.bottom).to.be.at.most(conversation.top);
    expect([list.width, conversation.width]).to.deep.equal([all.width, all.width]);
    expect(list.height).to.be.closeTo(0.4 * all.height, 1);
    expect(conversation.bottom).to.be.closeTo(all.bottom, 1);
  });

  it('leaves something of both on a small pane, with something said above', () => {
    const {show, boxes} = setup('20rem', '26rem');
    show({rooms: MANY, signedOut: true});
    const {list, conversation, all} = boxes();
    expect(list.height).to.be.at.least(2.5 * 44);
    expect(conversation.height).to.be.at.least(10 * 16);
    expect(conversation.bottom).to.be.closeTo(all.bottom, 1);
  });

  it('is no higher than its rooms there', () => {
    const {show, boxes} = setup('30rem', '60rem');
    show({rooms: roomsOf('a', 'b')});
    const {list} = boxes();
    expect(list.height).to.be.within(3 * 44, 4 * 44 + 16);
  });

  it('does not grow with its rooms on a pane without a height of its own', () => {
    for (const width of ['30rem', '60rem']) {
      const {show, boxes} = setup(width, 'auto');
      show({rooms: MANY});
      const {list, conversation, all} = boxes();
      expect(all.height).to.be.lessThan(window.innerHeight * 0.4 + 25 * 16);
      expect(list.height).to.be.greaterThan(2 * 44);
      expect(conversation.height).to.be.at.least(10 * 16);
    }
  });

  it('lets its rooms scroll, and its search stay', () => {
    for (const width of ['30rem', '60rem']) {
      const {show, rows, search, boxes} = setup(width, '40rem');
      show({rooms: MANY});
      rows().at(-1)!.scrollIntoView({block: 'nearest'});
      const {list} = boxes();
      const last = rows().at(-1)!.getBoundingClientRect();
      expect(last.bottom).to.be.at.most(list.bottom + 1);
      expect(search.getBoundingClientRect().top).to.be.within(list.top, list.bottom);
    }
  });

  it('is given back to the conversation when no list is shown', () => {
    for (const width of ['30rem', '60rem']) {
      const {show, boxes} = setup(width, '40rem');
      show({});
      const before = boxes();
      show({rooms: MANY, language: ARABIC});
      expect(boxes().conversation).not.to.deep.equal(before.conversation);
      show({});
      expect(boxes()).to.deep.equal(before);
      expect(before.conversation.height).to.equal(before.all.height);
    }
  });
});
