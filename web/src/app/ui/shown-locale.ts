/** In which times and numbers are written: that of the app's language; undefined for the browser's own. */
export function shownLocale(): string | undefined {
  return $localize.locale;
}
