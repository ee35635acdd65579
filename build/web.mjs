// Makes the browser bundles: npm ci when node_modules does not match the lock, esbuild, basemap. Started by web.targets.
// Two builds at once (Debug and Release) are safe: one works, the other waits and finds everything done.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or newer is needed to build the browser bundles (this is ${process.version}); or build with -p:SkipWeb=true`);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lib = join(root, 'wwwroot', 'lib');
const obj = join(root, 'build', 'obj');
const lock = join(obj, 'web.lock'), stamp = join(obj, 'web.stamp'), list = join(obj, 'web.outputs');

mkdirSync(obj, { recursive: true });
await takeLock();
try {
  const sources = [join(root, 'package-lock.json'), ...files(join(root, 'build'), /\.mjs$/), ...files(join(root, 'wwwroot', 'js')), ...files(join(root, 'wwwroot', 'css'))];
  const wanted = hash(sources);
  if (isCurrent(wanted)) writeFileSync(stamp, wanted); // the other build did the work: only the time of the stamp moves
  else {
    installPackages();
    const outputs = await bundle();
    writeFileSync(list, outputs.map(o => join(lib, o)).join('\n') + '\n');
    writeFileSync(stamp, wanted);
  }
} finally {
  rmSync(lock, { force: true });
}

function isCurrent(wanted) {
  return existsSync(stamp) && existsSync(list) && readFileSync(stamp, 'utf8') === wanted
    && readFileSync(list, 'utf8').split('\n').filter(Boolean).every(existsSync);
}

function installPackages() {
  if (hasPackages()) return; // nothing touches the network when the packages are there
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (npm.status !== 0) fail(`npm ci failed, the browser packages are not there: ${(npm.stderr || npm.error?.message || '').trim().split('\n').slice(0, 6).join(' | ')}`);
}

/** npm's own list of what it has installed, against the lock. Packages for another platform are optional and absent. */
function hasPackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages, wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, p]) => !path || (have[path] ? have[path].version === p.version && existsSync(join(root, path)) : p.optional === true));
}

async function bundle() {
  const { build } = await import('esbuild');
  const { basemap } = await import('./basemap.mjs');
  const js = join(root, 'wwwroot', 'js');
  const common = { bundle: true, minify: true, write: false, outdir: lib, target: ['es2022'], legalComments: 'linked', logLevel: 'silent' };
  let results;
  try {
    results = await Promise.all([
      build({ ...common, format: 'iife', entryPoints: ['app.js', 'theme.js', 'start.js', 'grid-worker.js'].map(f => join(js, f)).filter(existsSync) }),
      build({ ...common, format: 'esm', entryPoints: [join(js, 'map.js'), join(js, 'chart.js'), join(js, 'pmtiles.js')] }),
      // fonts stay files of our own origin (font-src 'self'); Leaflet's few small pictures go inline (img-src data:)
      build({ ...common, entryPoints: [join(root, 'wwwroot', 'css', 'app.css')], loader: { '.woff2': 'file', '.woff': 'empty', '.png': 'dataurl' }, assetNames: '[name]-[hash]' }),
    ]);
  } catch (error) {
    fail((error.errors ?? []).map(e => `${e.location?.file ?? ''}(${e.location?.line ?? 0}): ${e.text}`).join(' | ') || String(error));
  }
  const out = new Map(results.flatMap(r => r.outputFiles).map(f => [relative(lib, f.path), Buffer.from(f.contents)]));
  out.set('basemap.json', Buffer.from(JSON.stringify(basemap())));
  mkdirSync(lib, { recursive: true });
  for (const old of readdirSync(lib)) if (!out.has(old)) rmSync(join(lib, old), { recursive: true });
  for (const [name, bytes] of out) {
    const path = join(lib, name);
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) writeFileSync(path, bytes); // unchanged files keep their time: nothing is compressed again
  }
  return [...out.keys()];
}

async function takeLock() {
  for (let waited = 0; ; waited += 100) {
    try {
      const handle = openSync(lock, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    if (waited > 300_000) fail(`another build has held ${relative(root, lock)} for five minutes; delete it if none runs`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function isAbandoned() {
  let pid, age;
  try { pid = Number(readFileSync(lock, 'utf8')); age = Date.now() - statSync(lock).mtimeMs; } catch { return false; } // just released
  if (!pid) return age > 5_000; // created, its pid not written yet
  try { process.kill(pid, 0); return false; } catch (error) { return error.code === 'ESRCH'; }
}

function files(folder, pattern = /./) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(e => e.isFile() && pattern.test(e.name)).map(e => join(e.parentPath ?? e.path, e.name))
    .filter(p => !p.startsWith(obj + sep)).sort();
}

function hash(paths) {
  const sum = createHash('sha256');
  for (const p of paths) sum.update(relative(root, p).split(sep).join('/')).update(readFileSync(p));
  return sum.digest('hex');
}

function fail(message) {
  console.error(`build/web.mjs : error WEB001: ${message}`); // MSBuild's canonical form: shown as one error of the build
  try { if (readFileSync(lock, 'utf8') === String(process.pid)) rmSync(lock); } catch { /* not ours, or not taken yet */ }
  process.exit(1);
}
