import {expect} from '@open-wc/testing';

import {frame, frames, HEIGHT, keys, ListScene, movement, settled} from '../support/list-scene.js';

const at = (scene: ListScene, key: string): number => {
  const row = scene.element(key)!.getBoundingClientRect();
  return row.top - scene.viewport.getBoundingClientRect().top;
};

/** A list of 1,000 rows at its end. */
const list = async (): Promise<ListScene> => {
  const scene = new ListScene(keys(0, 1_000));
  await settled(scene);
  return scene;
};

// Elements are compared before they are expected: of a wrong one the runner would print the whole page.
describe('the way of a virtual list to a row', () => {
  it('opens at a row that is asked for before the first frame', async () => {
    const scene = new ListScene(keys(0, 100_000));
    const arrived = scene.list.scrollToKey('m70000', 'center');
    const element = await arrived;
    expect(element === scene.element('m70000')).to.equal(true);
    await settled(scene);
    const {top, height} = element!.getBoundingClientRect();
    const box = scene.viewport.getBoundingClientRect();
    expect(top + height / 2 - box.top).to.be.closeTo(HEIGHT / 2, 1);
    expect(scene.views.some(({atEnd}) => atEnd)).to.equal(false);
  });

  it('puts it at the upper edge, the lower one, or where it takes the least', async () => {
    const scene = await list();
    await scene.list.scrollToKey('m500');
    expect(at(scene, 'm500')).to.be.closeTo(0, 1);
    const below = scene.rendered.at(-1)!.key;
    await scene.list.scrollToKey(below, 'end');
    const row = scene.element(below)!;
    expect(at(scene, below) + row.offsetHeight).to.be.closeTo(HEIGHT, 2);
    const wholly = [...scene.inSight.keys()].at(-2)!;
    expect(await movement(scene, () => void scene.list.scrollToKey(wholly, 'nearest'))).to.equal(0);
    await scene.list.scrollToKey('m480', 'nearest');
    expect(at(scene, 'm480')).to.be.closeTo(0, 1);
    await scene.list.scrollToKey('m600', 'nearest');
    expect(at(scene, 'm600') + scene.element('m600')!.offsetHeight).to.be.closeTo(HEIGHT, 2);
  });

  it('keeps it there, whatever comes, until somebody scrolls', async () => {
    const scene = await list();
    await scene.list.scrollToKey('m500');
    const hold = async (change: () => void): Promise<void> => {
      expect(await movement(scene, change)).to.be.at.most(1);
      expect(at(scene, 'm500')).to.be.closeTo(0, 1);
    };
    await hold(() => scene.show([...keys(-50, 50), ...scene.rows, 'm1000']));
    await hold(() => scene.resize('m499', 300));
    scene.resize('m500', 300);
    await settled(scene);
    expect(at(scene, 'm500')).to.be.closeTo(0, 1);
    await scene.scrollBy(100);
    await settled(scene);
    expect(at(scene, 'm500')).to.be.closeTo(-100, 1);
  });

  it('has it rise to the upper edge as more comes below it', async () => {
    const scene = await list();
    const arrived = scene.list.scrollToKey('m998');
    await arrived;
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    scene.show([...scene.rows, ...keys(1_000, 2)]);
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    scene.show([...scene.rows, ...keys(1_002, 30)]);
    await settled(scene);
    expect(at(scene, 'm998')).to.be.closeTo(0, 1);
    expect(scene.list.view.atEnd).to.equal(false);
  });

  it('follows the end again after the way to the last row', async () => {
    const scene = await list();
    await scene.list.scrollToKey('m300');
    await scene.list.scrollToKey('m999', 'nearest');
    scene.show([...scene.rows, 'm1000']);
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.inSight.has('m1000')).to.equal(true);
  });

  it('arrives nowhere without such a row, with another way, or after the end', async () => {
    const scene = await list();
    expect(!(await scene.list.scrollToKey('m5000'))).to.equal(true);
    const first = scene.list.scrollToKey('m100');
    const second = scene.list.scrollToKey('m200');
    expect(!(await first)).to.equal(true);
    expect((await second)?.dataset['key']).to.equal('m200');
    const last = scene.list.scrollToKey('m300');
    scene.list.destroy();
    expect(!(await last)).to.equal(true);
    expect(!(await scene.list.scrollToKey('m400'))).to.equal(true);
  });

  it('arrives nowhere when the user scrolls on the way', async () => {
    const scene = await list();
    const arrived = scene.list.scrollToKey('m300');
    await frame();
    // It is drawn there, and not yet measured.
    await scene.scrollBy(300);
    expect(!(await arrived)).to.equal(true);
    await settled(scene);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('says what is in sight, and once only', async () => {
    const scene = await list();
    expect(scene.views.at(-1)).to.equal(scene.list.view);
    expect(scene.list.view).to.include({
      count: 1_000,
      atEnd: true,
      nearStart: false,
    });
    await scene.scrollBy(-scene.viewport.scrollTop);
    await settled(scene);
    const seen = [...scene.inSight.keys()];
    expect(scene.list.view).to.deep.equal({
      count: 1_000,
      first: {key: 'm0', index: 0},
      last: {key: seen.at(-1)!, index: seen.length - 1},
      atEnd: false,
      nearStart: true,
    });
    const told = scene.views.length;
    scene.show(scene.rows);
    await settled(scene);
    expect(scene.views.length).to.equal(told);
  });
});

describe('the life of a virtual list', () => {
  it('keeps the row with the focus in the DOM, with the focus, however far away', async () => {
    const scene = await list();
    const row = scene.element('m998')!;
    const button = row.querySelector('button')!;
    button.focus();
    // WebKit shows what has the focus a little later.
    await settled(scene);
    await scene.scrollBy(2_000 - scene.viewport.scrollTop);
    await settled(scene);
    expect(document.activeElement === button).to.equal(true);
    expect(scene.rendered.at(-1)).to.deep.equal({key: 'm998', index: 998});
    scene.show([...keys(-50, 50), ...scene.rows]);
    await settled(scene);
    expect(document.activeElement === button).to.equal(true);
    expect(scene.rendered.at(-1)).to.deep.equal({key: 'm998', index: 1_048});
    expect(at(scene, 'm998')).to.be.above(10_000);
    await scene.scrollBy(scene.viewport.scrollHeight - scene.viewport.scrollTop);
    await settled(scene);
    expect(scene.element('m998') === row).to.equal(true);
    expect(scene.bare).to.be.closeTo(0, 1);
    scene.list.scrollToKey('m0');
    button.blur();
    await settled(scene);
    await scene.scrollBy(600);
    await settled(scene);
    expect(!scene.element('m998')).to.equal(true);
  });

  it('comes back where it was after its box was hidden, with what came meanwhile', async () => {
    const scene = await list();
    await scene.scrollBy(-3_000);
    await settled(scene);
    const before = scene.inSight;
    const {renders} = scene;
    scene.viewport.style.display = 'none';
    await frames(3);
    scene.show([...keys(-50, 50), ...scene.rows, 'm1000']);
    await frames(3);
    expect(scene.renders).to.equal(renders);
    scene.viewport.style.display = '';
    for (let count = 0; count < 6; count++) {
      await frame();
      if (count)
        for (const [key, top] of scene.inSight)
          if (before.has(key)) expect(top).to.be.closeTo(before.get(key)!, 1);
    }
    expect(scene.list.view.count).to.equal(1_051);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('comes back where it was after it was taken out of the page', async () => {
    const scene = await list();
    await scene.scrollBy(-3_000);
    await settled(scene);
    const before = scene.inSight;
    const parent = scene.viewport.parentElement!;
    scene.viewport.remove();
    await frames(3);
    scene.show([...keys(-50, 50), ...scene.rows]);
    await frames(3);
    parent.append(scene.viewport);
    await settled(scene);
    expect([...scene.inSight.keys()]).to.deep.equal([...before.keys()]);
    for (const [key, top] of scene.inSight) expect(top).to.be.closeTo(before.get(key)!, 1);
  });

  it('comes back at its end, if that was in sight', async () => {
    const scene = await list();
    scene.viewport.style.display = 'none';
    await frames(3);
    scene.show([...scene.rows, 'm1000']);
    await frames(3);
    scene.viewport.style.display = '';
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.inSight.has('m1000')).to.equal(true);
  });

  it('opens at its end when its box is shown later only', async () => {
    const scene = new ListScene();
    scene.viewport.style.display = 'none';
    scene.show(keys(0, 500));
    await frames(3);
    expect(scene.renders).to.equal(0);
    scene.viewport.style.display = '';
    await settled(scene);
    expect(scene.rest).to.be.closeTo(0, 1);
    expect(scene.bare).to.be.closeTo(0, 1);
  });

  it('waits for the one frame that it has asked for where a tab gets none', async () => {
    const scene = await list();
    const asked: FrameRequestCallback[] = [];
    const usual = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => asked.push(callback);
    try {
      for (let next = 1_000; next < 3_000; next++) {
        const count = next + 1;
        scene.list.update({count, key: (index) => `m${index}`});
      }
    } finally {
      window.requestAnimationFrame = usual;
    }
    expect(asked.length).to.equal(1);
    asked[0]!(performance.now());
    await settled(scene);
    expect(scene.list.view.count).to.equal(3_000);
    expect(scene.rest).to.be.closeTo(0, 1);
  });

  it('draws nothing and hears nothing after its end', async () => {
    const scene = await list();
    scene.show([...scene.rows, 'm1000']);
    scene.list.destroy();
    const {renders} = scene;
    const {length} = scene.views;
    const {height} = scene.container.style;
    scene.viewport.scrollTop -= 1_000;
    scene.resize('m990', 500);
    scene.viewport.style.height = '200px';
    scene.list.update({count: 3, key: String});
    scene.list.scrollToEnd();
    await frames(6);
    expect([scene.renders, scene.views.length]).to.deep.equal([renders, length]);
    expect(scene.container.style.height).to.equal(height);
  });

  it('lays its rows out from right to left, in a box that scrolls smoothly', async () => {
    const scene = new ListScene();
    scene.viewport.dir = 'rtl';
    scene.viewport.style.scrollBehavior = 'smooth';
    scene.show(keys(0, 1_000));
    await frames(3);
    expect(scene.rest).to.be.closeTo(0, 1);
    const row = scene.element('m999')!.getBoundingClientRect();
    const box = scene.container.getBoundingClientRect();
    expect([row.left, row.right]).to.deep.equal([box.left, box.right]);
    await scene.list.scrollToKey('m500');
    expect(
      await movement(scene, () => scene.show([...keys(-50, 50), ...scene.rows])),
    ).to.be.at.most(1);
  });

  it('reports no error of a ResizeObserver', async () => {
    const errors: string[] = [];
    const life = new AbortController();
    window.addEventListener('error', ({message}) => errors.push(message), life);
    const scene = new ListScene(keys(0, 4));
    await settled(scene);
    for (const key of scene.rows) scene.resize(key, 300);
    await settled(scene);
    scene.viewport.style.width = '150px';
    scene.viewport.style.height = '150px';
    await settled(scene);
    life.abort();
    expect(errors).to.deep.equal([]);
  });
});
