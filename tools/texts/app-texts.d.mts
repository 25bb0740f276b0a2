// The types of @angular/localize/tools cannot be resolved by Node's rules.
export function appTexts(folder: string): readonly string[];
