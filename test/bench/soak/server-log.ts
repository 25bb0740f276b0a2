/** Reads what the server writes, and counts what it complains about. */
export interface ServerLog {
  take(text: string): void;
  /** Complaints with how often they came, errors first. */
  complaints(): readonly Complaint[];
}

export interface Complaint {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly times: number;
  /** The first one, whole. */
  readonly example: string;
}

// https://getpino.io: 40 warns, 50 and above are errors.
const warnLevel = 40;
const errorLevel = 50;

export function createServerLog(): ServerLog {
  const complaints = new Map<string, Complaint>();
  let rest = '';

  function takeLine(line: string) {
    const { level, message } = understand(line);
    if (level < warnLevel) return;
    const name = level >= errorLevel ? 'error' : 'warn';
    const known = complaints.get(`${name} ${message}`);
    complaints.set(`${name} ${message}`, {
      level: name,
      message,
      times: (known?.times ?? 0) + 1,
      example: known?.example ?? line,
    });
  }

  return {
    take(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') takeLine(line);
    },
    complaints: () =>
      [...complaints.values()].sort((one, other) => one.level.localeCompare(other.level)),
  };
}

/** A line that is no log entry is a complaint: something was printed past the log. */
function understand(line: string): { level: number; message: string } {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry === 'object' && entry !== null && 'level' in entry && 'msg' in entry)
      return { level: Number(entry.level), message: String(entry.msg) };
  } catch {
    // Not JSON.
  }
  return { level: errorLevel, message: line };
}
