/** How this browser shows the app. Not personal: it stays when one signs out. */
export type Preference = 'language' | 'theme';

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
