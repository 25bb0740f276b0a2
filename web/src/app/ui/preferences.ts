/** How this browser shows the app. Not personal: it stays when one signs out. */
export type Preference = 'bell-hint' | 'language' | 'notices' | 'single-keys' | 'sound' | 'theme';

// index.html reads the theme under this name before anything is drawn.
const prefix = 'prefers.';

/** Null where nothing was chosen, or the browser blocks storage. */
export function readPreference(name: Preference): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** False where the browser did not keep it. */
export function keepPreference(name: Preference, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
    return true;
  } catch {
    return false;
  }
}
