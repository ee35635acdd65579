import assert from 'node:assert/strict';
import test from 'node:test';
import { ageText, backoff, clockSkew, clockText, freshness, tickText, timeTicks, zoneOffset } from '../../wwwroot/js/time.js';

const zone = 'America/Chicago';

test('ages read as an operator says them', () => {
  assert.equal(ageText(-900), '0 s');
  assert.equal(ageText(59_999), '59 s');
  assert.equal(ageText(100_000), '1 m 40 s');
  assert.equal(ageText(3_600_000 * 3 + 720_000), '3 h 12 m');
  assert.equal(ageText(86_400_000 * 2 + 3_600_000 * 4), '2 d 4 h');
});

test('freshness follows the period of the source, stale is never under ten seconds', () => {
  assert.equal(freshness(3_000, 2), 'live');
  assert.equal(freshness(3_001, 2), 'late');
  assert.equal(freshness(10_000, 2), 'late');
  assert.equal(freshness(10_001, 2), 'stale');
  assert.equal(freshness(900_000 * 1.5, 900), 'live');
  assert.equal(freshness(900_000 * 3 + 1, 900), 'stale');
  assert.equal(freshness(0, 2, 0), 'never');
  assert.equal(freshness(NaN, 2, NaN), 'never');
});

test('the clock says its zone, before and after the change of the clocks', () => {
  assert.equal(clockText(Date.UTC(2026, 7, 14, 21, 42, 7), zone), '2026-08-14 16:42:07 CDT');
  assert.equal(clockText(Date.UTC(2026, 0, 14, 6, 0, 0), zone), '2026-01-14 00:00:00 CST');
  assert.equal(clockText(Date.UTC(2026, 0, 14, 6, 0, 0), 'UTC'), '2026-01-14 06:00:00 UTC');
});

test('server and browser clocks are brought together; a page without a server time is left alone', () => {
  assert.equal(clockSkew(1_005_000, 1_000_000, 200), 4_800);
  assert.equal(clockSkew(NaN, 1_000_000, 200), 0);
});

test('ticks over the autumn change: the hour that happens twice is passed, labels stay round', () => {
  const from = Date.UTC(2026, 9, 31, 18) / 1000, to = Date.UTC(2026, 10, 1, 18) / 1000; // 1 November 2026, 02:00 CDT → 01:00 CST
  const labels = timeTicks(from, to, 10, zone).map(t => tickText(t, zone));
  assert.deepEqual(labels, ['15:00', '18:00', '21:00', '11-01', '03:00', '06:00', '09:00', '12:00']);
  const hourly = timeTicks(Date.UTC(2026, 10, 1, 5) / 1000, Date.UTC(2026, 10, 1, 9) / 1000, 10, zone).map(t => tickText(t, zone));
  assert.ok(hourly.filter(l => l === '01:00').length === 2, hourly.join());
});

test('ticks over the spring change skip the hour that does not exist', () => {
  const hourly = timeTicks(Date.UTC(2026, 2, 8, 6) / 1000, Date.UTC(2026, 2, 8, 10) / 1000, 4, zone).map(t => tickText(t, zone));
  assert.deepEqual(hourly, ['03-08', '01:00', '03:00', '04:00', '05:00']);
});

test('offsets of the zone', () => {
  assert.equal(zoneOffset(Date.UTC(2026, 6, 1), zone), -5 * 3_600_000);
  assert.equal(zoneOffset(Date.UTC(2026, 0, 1), zone), -6 * 3_600_000);
});

test('reconnect: at once, then longer, then every 30 s for ever, spread by a fifth', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 500].map(n => backoff(n, .5)), [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000, 30000]);
  assert.equal(backoff(6, 0), 24000);
  assert.equal(backoff(6, 1), 36000);
});
