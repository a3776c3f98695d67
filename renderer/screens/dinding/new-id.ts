/** A name that no scene, playlist or panel has. */
export const newId = (): string => crypto.randomUUID();
