import { createStore } from "zustand";

/**
 * Whether the choices of the comparison are open. Each kind of comparison draws their button anew, some after their code has come, and whoever
 * has chosen one goes on to choose of what; they close with the screen.
 */
export const compareChoices = createStore(() => ({ opened: false }));
