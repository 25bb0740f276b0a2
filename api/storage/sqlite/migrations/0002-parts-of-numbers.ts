/** People are found by every part of their numbers: see `tailsOf` in contacts/phone-number.ts. */
export const partsOfNumbers = `
WITH RECURSIVE place (start) AS (SELECT 2 UNION ALL SELECT start + 1 FROM place WHERE start < 30)
INSERT OR IGNORE INTO contact_words (word, contact)
SELECT substr(i.value, start), i.contact FROM identifiers i, place
WHERE i.kind = 'phone' AND length(i.value) - start + 1 >= 3;
`;
