import { useEffect } from "react";
import { useSession } from "../state/session.ts";
import { shareClock } from "./shared-clock.ts";
import { clock } from "./use-clock.ts";

/** Moves this window through time together with the others of the same person that do, as long as `joined`. */
export function useSharedClock(joined: boolean): void {
	const { data: session } = useSession();
	const name = session?.person?.name ?? "";
	useEffect(() => {
		if (!joined) return;
		const channel = new BroadcastChannel(`blc-clock ${name}`);
		const line = {
			postMessage: (message: unknown) => channel.postMessage(message),
			listen: (hear: (message: unknown) => void) => {
				channel.onmessage = ({ data }) => hear(data);
			},
			close: () => channel.close(),
		};
		return shareClock(clock, line, performance.timeOrigin);
	}, [joined, name]);
}
