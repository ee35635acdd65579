// What the operator is told about the link. Pure: times in, words out.
import { ageText } from './time.js';

/**
 * @param {{downForMs:number, silentForMs:number, nextTryMs:number, paused:boolean, since:string, note:string}} link
 *   downForMs: the circuit is lost that long, 0 = it is up. silentForMs: since the newest frame of the bulk lane, 0 = not opened.
 * @returns {{level:''|'amber'|'red', text:string}}
 */
export function linkMessage({ downForMs, silentForMs, nextTryMs, paused, since, note }) {
  const worst = Math.max(downForMs, silentForMs);
  if (worst <= 5000) return { level: '', text: '' };
  const level = worst > 15000 ? 'red' : 'amber';
  if (downForMs <= 5000) return { level, text: `No data from server for ${ageText(silentForMs)} – values below are old` };
  const next = nextTryMs > 0 ? `Next try in ${Math.ceil(nextTryMs / 1000)} s.` : 'Trying now.';
  const what = paused ? 'The server is restarting' : 'No connection to the server';
  return { level, text: `${what} since ${since} (${ageText(downForMs)}) – values below are old. ${note ? note + ' ' : ''}${next}` };
}
