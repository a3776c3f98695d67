/** What a page writes into the browser's record in each frame that it draws, where frames of others lie between. */
export const DRAWING = "blc-drawing";
