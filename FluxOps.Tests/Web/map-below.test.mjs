// What is wrong below a substation: which of it the badge shows, and what is said.
import assert from 'node:assert/strict';
import test from 'node:test';
import { gravest, short, troubled, wrongs } from '../../wwwroot/js/map-below.js';
import { modes } from '../../wwwroot/js/palette.js';

const id = key => modes.status.classes.find(c => c.key === key).id;

/** Two stations: counts are told of the second, so that one that looks at the first is seen. */
function below({ transformers = {}, meters = {}, worst = 'normal' }) {
  const made = { worst: new Uint8Array([id('normal'), id(worst)]), transformers: new Uint32Array(16), meters: new Uint32Array(16) };
  for (const [key, n] of Object.entries(transformers)) made.transformers[8 + id(key)] = n;
  for (const [key, n] of Object.entries(meters)) made.meters[8 + id(key)] = n;
  return made;
}

test('the gravest is shown, whichever layer it is of', () => {
  const some = below({ transformers: { over: 4, volt: 9 }, meters: { out: 7 } });
  assert.deepEqual([gravest(some, 1).look.key, gravest(some, 1).count, gravest(some, 1).meters], ['out', 7, true]);
  const over = below({ transformers: { over: 4, volt: 9, normal: 100 } });
  assert.deepEqual([gravest(over, 1).look.key, gravest(over, 1).count, gravest(over, 1).meters], ['over', 4, false]);
  assert.equal(gravest(over, 0), null);
  assert.equal(gravest(null, 1), null);
});

test('silent ones are nobody\'s trouble', () => {
  assert.equal(gravest(below({ transformers: { stale: 3, never: 2 } }), 1), null);
  assert.equal(troubled(below({ meters: { stale: 3 } }), 1), false);
});

test('trouble is also what has no count here, such as a feeder over its limit or a device out of its place', () => {
  assert.equal(troubled(below({ worst: 'over' }), 1), true);
  assert.equal(troubled(below({ worst: 'heavy' }), 1), false);
  assert.equal(troubled(null, 1), false);
});

test('every state is told with its counts', () => {
  assert.deepEqual(wrongs(below({ transformers: { out: 1, volt: 2 }, meters: { out: 1400, volt: 1 } }), 1),
    ['1 transformer and 1,400 meters de-energised', '2 transformers and 1 meter voltage outside range B']);
  assert.deepEqual(wrongs(below({}), 1), []);
});

test('long counts are short', () => assert.deepEqual([7, 999, 1240].map(short), ['7', '999', '1.2k']));
