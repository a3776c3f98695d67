import { create } from "zustand";

const NARROW = "rail-narrow";

/** What of the shell is open in this window. */
export const useOpened = create<{
	dialog: "palette" | "keys" | null;
	/** The rail shows icons only; kept for as long as the window is. */
	narrow: boolean;
}>()(() => ({
	dialog: null,
	narrow: sessionStorage.getItem(NARROW) === "1",
}));

export function openDialog(dialog: "palette" | "keys" | null): void {
	useOpened.setState({ dialog });
}

export function toggleRail(): void {
	useOpened.setState(({ narrow }) => {
		sessionStorage.setItem(NARROW, narrow ? "0" : "1");
		return { narrow: !narrow };
	});
}
