import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import { playhead } from "./use-playhead.ts";

/** The date that time stands on, each day as it comes; written in place, so that nothing around it is drawn again. */
export function RunningDate() {
	const { format } = useLanguage();
	const firstDay = useConnection(
		(connection) => connection.state?.dataset?.firstDay ?? 0,
	);
	const text = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const write = () => {
			if (text.current)
				text.current.textContent = format.day(firstDay + playhead.day);
		};
		write();
		return playhead.onDay(write);
	}, [format, firstDay]);
	return <span ref={text} />;
}
