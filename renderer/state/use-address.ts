import { useEffect } from "react";
import { playhead } from "../clock/use-playhead.ts";
import { useConnection } from "./connection.ts";
import { addressOf, viewFromAddress } from "./view-address.ts";
import { useView } from "./view-state.ts";

/** Keeps the address and the view in step, both ways. */
export function useAddress(): void {
	useEffect(() => {
		const write = () => {
			const address = addressOf(useView.getState());
			if (address !== window.location.hash)
				window.history.replaceState(null, "", address);
		};
		const read = () => {
			const view = viewFromAddress(window.location.hash);
			useView.getState().change(view);
			const dataset = useConnection.getState().state?.dataset;
			if (dataset && view.day !== null)
				playhead.seek(view.day - dataset.firstDay);
		};
		const stop = useView.subscribe(write);
		window.addEventListener("hashchange", read);
		write();
		return () => {
			stop();
			window.removeEventListener("hashchange", read);
		};
	}, []);
}
