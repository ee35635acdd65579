// What the map does where the server has no such file, and that the grid does not wait for the basemap.
import assert from 'node:assert/strict';
import test from 'node:test';
import { MapData } from '../../wwwroot/js/map-data.js';

globalThis.document = { baseURI: 'http://console.test/' };
console.info = () => {};

/** Runs a load against answers by path: a function, a status, or a promise. Says what the map was told. */
async function load(answers) {
  const told = [], asked = [];
  globalThis.fetch = async url => {
    const path = new URL(url).pathname.split('/').slice(-2).join('/'), name = path.endsWith('basemap.json') ? 'basemap' : path, answer = answers[name];
    asked.push(name);
    const value = typeof answer === 'function' ? answer(asked.filter(n => n === name).length) : await answer;
    return typeof value === 'number' ? { ok: false, status: value } : { ok: true, status: 200, json: async () => value, arrayBuffer: async () => new ArrayBuffer(4) };
  };
  const say = what => value => told.push([what, value]);
  const engine = { setGeometry: () => told.push(['geometry']), setAssets: () => told.push(['assets']), setMeters: id => told.push(['meters', id]) };
  const data = new MapData(engine, { stage: say('stage'), missing: say('missing'), replaced: say('replaced'), basemap: say('basemap'), look: () => {} }, new AbortController().signal);
  await data.load();
  return { told, asked, data };
}

const about = (hash = 'a') => ({ hash, url: `grid/lines-${hash}`, assetsUrl: `grid/assets-${hash}`, metersUrl: `grid/meters-${hash}` });

test('the grid is there while the basemap is still awaited', async () => {
  const { told } = await load({ basemap: new Promise(() => {}), 'grid/geometry': about(), 'grid/lines-a': {}, 'grid/assets-a': {} });
  assert.deepEqual(told.filter(([what]) => what !== 'stage'), [['geometry'], ['assets']]);
  assert.deepEqual(told.at(-1), ['stage', '']);
});

test('a file of a network that is no longer served reloads the page', async () => {
  const { told, asked } = await load({ basemap: {}, 'grid/geometry': n => about(n === 1 ? 'a' : 'b'), 'grid/lines-a': 404 });
  assert.equal(told.filter(([what]) => what === 'replaced').length, 1);
  assert.equal(asked.filter(n => n === 'grid/lines-a').length, 1);
});

test('a file that is lost is said, and not asked for again', async () => {
  const { told, asked } = await load({ basemap: {}, 'grid/geometry': about(), 'grid/lines-a': {}, 'grid/assets-a': 404 });
  assert.deepEqual(told.filter(([what]) => what === 'missing').map(([, text]) => text), ['Transformers and devices of this network cannot be had from the server']);
  assert.equal(asked.filter(n => n === 'grid/assets-a').length, 1);
  assert.equal(told.some(([what]) => what === 'replaced'), false);
});
