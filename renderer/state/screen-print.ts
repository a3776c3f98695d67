import { useEffect, useRef } from "react";
import { printWindow } from "./desktop.ts";

/** How the screen that is shown is printed, where the page itself would not do. */
let own: (() => void) | null = null;

/** Prints what the screen shows. */
export function printScreen(): void {
	if (own) own();
	else void printWindow();
}

/** Whether the screen is printed in a way of its own: Ctrl+P then must not print the page. */
export function hasOwnPrint(): boolean {
	return own !== null;
}

/** Prints this screen in a way of its own for as long as it is shown; null: as the page. */
export function useScreenPrint(print: (() => void) | null): void {
	const newest = useRef(print);
	newest.current = print;
	const has = print !== null;
	useEffect(() => {
		if (!has) return;
		const mine = () => newest.current?.();
		own = mine;
		return () => {
			if (own === mine) own = null;
		};
	}, [has]);
}
