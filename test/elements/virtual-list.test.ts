import {expect} from '@open-wc/testing';

import {frame, frames, HEIGHT, keys, ListScene, movement, settled} from '../support/list-scene.js';

const MANY = 100_000;

/** A list of 2,000 rows, scrolled up by some px. */
const middle = async (up = 4_000): Promise<ListScene> => {
  const scene = new ListScene(keys(0, 2_000));
  await settled(scene);
  await scene.scrollBy(-up);
  await settled(scene);
  return scene;
};

describe('a virtual list', () => {
  it('opens at the end of 100,000 rows, few of them in the DOM', async () => {
    const scene = new ListScene(keys(0, MANY));
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.inSight.has(`m${MANY - 1}`)).to.equal(true);
    expect(scene.bare).to.be.closeTo(0, 1);
    expect(scene.mostInDom).to.be.below(60);
    expect(scene.list.view).to.include({count: MANY, atEnd: true, nearStart: false});
  });

  it('asks for no more keys of 100,000 rows than of 100 to open', async () => {
    const asked = async (count: number): Promise<number> => {
      const scene = new ListScene();
      let keys = 0;
      scene.list.update({count, key: (index) => (keys++, `m${index}`)});
      await settled(scene);
      expect(scene.rest).to.be.closeTo(0, 1);
      return keys;
    };
    const few = await asked(100);
    expect(few).to.be.below(100);
    expect(await asked(MANY)).to.be.at.most(few * 1.5);
  });

  it('shows what is in sight when scrolled anywhere', async () => {
    const scene = new ListScene(keys(0, MANY));
    await settled(scene);
    for (const part of [0, 0.3, 0.9, 0.5, 1]) {
      await scene.scrollBy(scene.viewport.scrollHeight * part - scene.viewport.scrollTop);
      await settled(scene);
      expect(scene.bare).to.be.closeTo(0, 1);
    }
    expect(scene.list.view.atEnd).to.equal(true);
  });

  it('moves nothing when 50 older rows come, in the middle and at the very top', async () => {
    const scene = await middle();
    expect(
      await movement(scene, () => scene.show([...keys(-50, 50), ...scene.rows])),
    ).to.be.at.most(1);
    expect(
      await movement(scene, () => scene.show([...keys(-100, 50), ...scene.rows])),
    ).to.be.at.most(1);
    await scene.scrollBy(-scene.viewport.scrollTop);
    await settled(scene);
    expect(scene.list.view.first?.index).to.equal(0);
    expect(
      await movement(scene, () => scene.show([...keys(-150, 50), ...scene.rows])),
    ).to.be.at.most(1);
    expect(scene.list.view.first).to.deep.equal({key: 'm-100', index: 50});
  });

  it('scrolls over rows that were never shown by what the user scrolls', async () => {
    const scene = new ListScene(keys(0, 2_000));
    await settled(scene);
    for (let step = 0; step < 30; step++) {
      const [first, top] = [...scene.inSight][0]!;
      scene.viewport.scrollTop -= 150;
      for (let nth = 0; nth < 3; nth++) {
        await frame();
        expect(scene.misfit).to.be.below(1);
        expect(scene.inSight.get(first)! - top).to.be.closeTo(150, 1);
      }
    }
  });

  it('moves nothing when a row above grows or shrinks', async () => {
    const scene = await middle();
    const above = scene.rendered.find(({key}) => scene.inSight.has(key))!.index - 1;
    const key = `m${above}`;
    expect(!!scene.element(key)).to.equal(true);
    expect(await movement(scene, () => scene.resize(key, 500))).to.be.at.most(1);
    expect(await movement(scene, () => scene.resize(key, 20))).to.be.at.most(1);
  });

  it('lays each row beside the next in the very frame in which its height changes', async () => {
    const scene = await middle();
    for (const height of [300, 20, 150]) {
      scene.resize([...scene.inSight.keys()][1]!, height);
      // The first frame is told before it is laid out.
      await frames(2);
      expect(scene.misfit).to.be.below(1);
    }
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('follows what is appended while it is at the end, and only then', async () => {
    const scene = new ListScene(keys(0, 200));
    await settled(scene);
    for (let next = 200; next < 210; next++) {
      scene.show([...scene.rows, `m${next}`]);
      await frames(2);
      expect(scene.rest).to.be.closeTo(0, 1);
    }
    await scene.scrollBy(-60);
    await settled(scene);
    expect(await movement(scene, () => scene.show([...scene.rows, 'm210']))).to.be.at.most(1);
    expect(scene.list.view.atEnd).to.equal(false);
    scene.list.scrollToEnd();
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.list.view).to.include({atEnd: true, count: 211});
  });

  it('keeps the end in sight when the box shrinks and grows', async () => {
    const scene = new ListScene(keys(0, 300));
    await settled(scene);
    for (const height of [200, 90, 350, HEIGHT]) {
      scene.viewport.style.height = `${height}px`;
      await frames(2);
      expect(scene.rest).to.be.closeTo(0, 1);
    }
  });

  it('renders at most once in a frame in a flood of 10,000 rows, and loses none', async () => {
    const scene = new ListScene(keys(0, 100));
    await settled(scene);
    scene.renders = 0;
    const rows = keys(0, 10_100);
    let drawn = 0;
    for (let count = 100; count <= rows.length; count++) {
      scene.list.update({count, key: (index) => rows[index]!});
      if (count % 500 === 0) {
        await frame();
        drawn++;
      }
    }
    await settled(scene);
    expect(scene.doubled).to.equal(0);
    expect(scene.renders).to.be.at.most(drawn * 2 + 3);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.inSight.has('m10099')).to.equal(true);
    expect(scene.mostInDom).to.be.below(60);
  });
});
