export { isApplicationAnswer } from './applicationAnswer';
export { controlNumber } from './controlNumber';
export { canEchoGroup, canEchoInterchange, canEchoMessage, fits } from './edifactEcho';
export { InterchangeFileReader, readInterchanges, readSteps } from './readFile';
export type { SegmentListener } from './readFile';
export type * from './reading';
export { RECORDS_PER_STEP, runSteps } from './steps';
export type { Steps } from './steps';
export { visible } from './visible';
