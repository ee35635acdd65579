import assert from 'node:assert/strict';
import test from 'node:test';
import { Retries } from '../../wwwroot/js/retries.js';

const middle = .5; // no jitter

test('a connection that brought frames is tried again at once, one that brings none ever later', () => {
  const r = new Retries();
  assert.deepEqual(Array.from({ length: 4 }, () => r.wait(middle)), [0, 1000, 2000, 4000]);
  r.connected();
  r.frame(0);
  assert.equal(r.wait(middle), 0);
});

test('a reader that gives up after the first frame again and again waits ever longer', () => {
  const r = new Retries(), waits = [];
  for (let i = 0; i < 8; i++) { r.connected(); r.frame(i * 100); r.restart(); waits.push(r.wait(middle)); }
  assert.deepEqual(waits, [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000]);
});

test('half a minute of frames on one connection forgives the restarts, less does not', () => {
  const r = new Retries();
  for (let i = 0; i < 4; i++) { r.connected(); r.frame(0); r.restart(); r.wait(middle); }
  r.connected(); r.frame(0); r.frame(29_000); r.restart();
  assert.equal(r.wait(middle), 8000);
  r.connected(); r.frame(31_000); r.frame(61_000); r.restart();
  assert.equal(r.wait(middle), 0);
});
