export { announce, arrive } from './announce.ts';
export { freeLine } from './free-line.ts';
export { joinLines } from './join-lines.ts';
