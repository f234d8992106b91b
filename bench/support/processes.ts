import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What the kernel knows of other processes: nothing is asked of the process that is measured. */

const TICK_MS = 10;

/** CPU time of a process since its start, all its threads, in milliseconds. Null where the system does not tell. */
export function cpuMs(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return psCpuMs(pid);
  const fields = statFields(stat);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory of a process in RAM, in bytes. Null where the system does not tell. */
export function rssBytes(pid: number): number | null {
  const status = read(`/proc/${pid}/status`);
  if (status !== null) return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  const text = ps(pid, 'rss=');
  return text === null ? null : Number(text) * 1024;
}

/** A process and its children, where the system tells; else the process alone. */
export function family(pid: number): number[] {
  const children = processIds().filter((id) => statFields(read(`/proc/${id}/stat`) ?? '')[1] === String(pid));
  return [pid, ...children];
}

/**
 * Gives each measured process the first core and everything else the others, so that a target is never slowed by what loads it.
 * @returns whether that was possible
 */
export function pin(pid: number, place: 'first core' | 'other cores'): boolean {
  const cores = availableParallelism();
  if (process.platform !== 'linux' || cores < 2) return false;
  const list = place === 'first core' ? '0' : `1-${cores - 1}`;
  try {
    for (const id of family(pid)) execFileSync('taskset', ['-acp', list, String(id)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** The fields behind the name, which may hold anything: state, parent, … */
function statFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** As `ps` prints it: [[days-]hours:]minutes:seconds, with hundredths on macOS. */
function psCpuMs(pid: number): number | null {
  const text = ps(pid, 'time=');
  if (text === null) return null;
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

function ps(pid: number, field: string): string | null {
  try {
    const text = execFileSync('ps', ['-o', field, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim() || null;
  } catch {
    return null;
  }
}
