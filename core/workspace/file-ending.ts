/**
 * Ending of the files that people hand to each other: settings, scenes of a wall, a scenario. Each is JSON and says itself what it is (`kind`);
 * the ending is one of our own, so that a system may open them with this application.
 */
export const FILE_ENDING = "blc";

/** What a person may choose to bring in; earlier versions wrote `.json`. */
export const BROUGHT_FILES = `.${FILE_ENDING},.json,application/json`;
