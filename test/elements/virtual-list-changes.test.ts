import {expect} from '@open-wc/testing';

import {frame, frames, keys, ListScene, movement, settled} from '../support/list-scene.js';

/** A list of 1,000 rows, scrolled up by some px. */
const middle = async (up = 4_000): Promise<ListScene> => {
  const scene = new ListScene(keys(0, 1_000));
  await settled(scene);
  await scene.scrollBy(-up);
  await settled(scene);
  return scene;
};

const firstInSight = (scene: ListScene): number => scene.list.view.first?.index ?? -1;

describe('a virtual list whose rows change', () => {
  it('moves nothing when rows above go', async () => {
    const scene = await middle();
    const first = firstInSight(scene);
    const without = (from: number, to: number): void =>
      scene.show(scene.rows.filter((_, index) => index < from || index >= to));
    expect(await movement(scene, () => without(first - 1, first))).to.be.at.most(1);
    expect(await movement(scene, () => without(first - 4, first - 2))).to.be.at.most(1);
    expect(await movement(scene, () => without(0, 300))).to.be.at.most(1);
    expect(scene.list.view.count).to.equal(697);
  });

  it('moves nothing above when rows go that are in sight', async () => {
    const scene = await middle();
    const seen = [...scene.inSight.keys()];
    const gone = seen[3]!;
    const tops = scene.inSight;
    scene.show(scene.rows.filter((key) => key !== gone));
    await settled(scene);
    for (const key of seen.slice(0, 3))
      expect(scene.inSight.get(key)).to.be.closeTo(tops.get(key)!, 1);
    expect(scene.inSight.has(gone)).to.equal(false);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('keeps the next row in its place when the one that holds it goes', async () => {
    const scene = await middle();
    const seen = [...scene.inSight];
    const [stays, top] = seen[3]!;
    const gone = new Set(seen.slice(0, 3).map(([key]) => key));
    scene.show(scene.rows.filter((key) => !gone.has(key)));
    await settled(scene);
    expect(scene.inSight.get(stays)).to.be.closeTo(top, 1);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('shows the rest when all that was in sight goes, and nothing when all go', async () => {
    const scene = await middle();
    const first = firstInSight(scene);
    scene.show(scene.rows.slice(0, first - 20));
    await settled(scene);
    expect(scene.bare).to.be.closeTo(0, 1);
    expect(scene.rest).to.be.closeTo(0, 1);
    scene.show([]);
    await settled(scene);
    expect(scene.container.childElementCount).to.equal(0);
    expect(scene.list.view).to.include({count: 0, atEnd: true});
    scene.show(keys(0, 50));
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('stays at the end that it came to as all below went', async () => {
    const scene = await middle();
    scene.show(scene.rows.slice(0, firstInSight(scene) + 2));
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.list.view.atEnd).to.equal(true);
    for (const next of ['m2000', 'm2001', 'm2002', 'm2003']) {
      scene.show([...scene.rows, next]);
      await frames(2);
      expect(scene.rest).to.be.closeTo(0, 1);
    }
  });

  it('moves nothing when rows come above among others, and at both ends at once', async () => {
    const scene = await middle();
    const {rows} = scene;
    const at = firstInSight(scene) - 30;
    const among = [...rows.slice(0, at), ...keys(5_000, 7), ...rows.slice(at)];
    expect(await movement(scene, () => scene.show(among))).to.be.at.most(1);
    const both = [...keys(-50, 50), ...among, ...keys(1_000, 50)];
    expect(await movement(scene, () => scene.show(both))).to.be.at.most(1);
    const bothAgain = [...keys(-100, 50), ...both.slice(0, 400), ...both.slice(401), 'm2000'];
    expect(await movement(scene, () => scene.show(bothAgain))).to.be.at.most(1);
    expect(scene.list.view.count).to.equal(bothAgain.length);
  });

  it('keeps the heights of rows that came back elsewhere, or never left', async () => {
    const scene = await middle(0);
    const {rows} = scene;
    const height = scene.container.style.height;
    scene.show([...rows.slice(500), ...rows.slice(0, 500)]);
    await frame();
    await frame();
    scene.show(rows);
    await settled(scene);
    expect(scene.inSight.has('m999')).to.equal(true);
    expect(scene.bare).to.be.closeTo(0, 1);
    expect(parseFloat(scene.container.style.height)).to.not.be.below(parseFloat(height) - 1);
  });

  it('moves nothing when the first row loses its date as older ones come', async () => {
    const scene = new ListScene(keys(0, 100));
    scene.heights.set('m0', 90);
    await settled(scene);
    await scene.scrollBy(-scene.viewport.scrollTop);
    await settled(scene);
    const second = scene.inSight.get('m1')!;
    scene.heights.set('m0', 50);
    scene.show([...keys(-50, 50), ...scene.rows]);
    for (let count = 0; count < 10; count++) {
      await frame();
      await frame();
      expect(scene.inSight.get('m1')).to.be.closeTo(second, 1);
    }
  });

  it('holds page after page of history while the user scrolls up', async () => {
    const scene = new ListScene(keys(0, 100));
    await settled(scene);
    let oldest = 0;
    let passed = 0;
    for (let step = 0; step < 60; step++) {
      const before = scene.inSight;
      scene.viewport.scrollTop -= 90;
      if (step % 2) scene.show([...keys((oldest -= 50), 50), ...scene.rows]);
      if (step % 3 === 0) scene.show([...scene.rows, `m${1_000 + step}`]);
      for (let count = 0; count < 2; count++) {
        await frame();
        const now = scene.inSight;
        const moves = [...now].flatMap(([key, top]) =>
          before.has(key) ? [top - before.get(key)!] : [],
        );
        expect(moves).to.not.be.empty;
        // At the first look the list has still to draw, but the browser has scrolled.
        for (const move of moves) expect(move).to.be.closeTo(90, 1);
      }
      passed += 90;
    }
    await settled(scene);
    expect(scene.bare).to.be.closeTo(0, 1);
    expect(passed).to.equal(5_400);
  });

  it('lets the user go who scrolls up by a pixel in a flood', async () => {
    const scene = new ListScene(keys(0, 200));
    await settled(scene);
    const [first, top] = [...scene.inSight][1]!;
    for (let step = 1; step <= 8; step++) {
      scene.show([...scene.rows, `m${300 + step}`]);
      scene.viewport.scrollTop -= 1;
      await frames(2);
    }
    expect(scene.list.view.atEnd).to.equal(false);
    expect(scene.inSight.get(first)! - top).to.be.closeTo(8, 1);
  });

  it('moves nothing above when a row in sight grows, and at the end nothing below', async () => {
    const scene = await middle();
    const seen = [...scene.inSight];
    const [grown] = seen[2]!;
    scene.resize(grown, 150);
    await settled(scene);
    expect(scene.inSight.get(grown)).to.be.closeTo(seen[2]![1], 1);
    scene.list.scrollToEnd();
    await settled(scene);
    scene.resize('m998', 170);
    await frames(2);
    expect(scene.rest).to.be.closeTo(0, 1);
  });

  it('moves nothing when the rows in sight and around break anew, but what is below', async () => {
    const scene = await middle();
    const [held, top] = [...scene.inSight].find(([, each]) => each > 0)!;
    for (const {key} of scene.rendered) scene.resize(key, 30 + (Number(key.slice(1)) % 7));
    for (let count = 0; count < 10; count++) {
      await frame();
      await frame();
      expect(scene.inSight.get(held)).to.be.closeTo(top, 1);
    }
    await settled(scene);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('bears a key that is there twice, and a row that is drawn by nobody', async () => {
    const scene = new ListScene([...keys(0, 50), 'm3', 'm49', 'm49']);
    await settled(scene);
    scene.container.append(document.createElement('p'));
    scene.show([...scene.rows, 'm50']);
    await settled(scene);
    expect(scene.inSight.has('m50')).to.equal(true);
    expect(scene.list.view.count).to.equal(54);
  });

  it('keeps to its limit of rows however many have no height', async () => {
    const scene = new ListScene();
    for (const key of keys(0, 5_000)) scene.heights.set(key, 0);
    scene.show([...keys(0, 5_000), ...keys(6_000, 3)]);
    await settled(scene);
    for (let step = 0; step < 40; step++) {
      scene.viewport.scrollTop -= 400;
      await frame();
    }
    await settled(scene);
    expect(scene.mostInDom).to.be.below(200);
  });
});
