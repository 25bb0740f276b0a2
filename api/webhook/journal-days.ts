/**
 * The most that WEBHOOK_JOURNAL_DAYS may be, and how long a delivery is kept that was set aside: somebody may mend what was
 * wrong and have it applied, but nobody comes for those of a number that is left out on purpose.
 */
export const longestJournalDays = 90;
