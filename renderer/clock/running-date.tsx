import { useEffect, useRef } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { clock } from "./use-clock.ts";

/** The date that time stands on, each day as it comes; written in place, so that nothing around it is drawn again. */
export function RunningDate() {
	const { format } = useLanguage();
	const text = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const write = () => {
			if (text.current) text.current.textContent = format.day(clock.day);
		};
		write();
		return clock.onDay(write);
	}, [format]);
	return <span ref={text} />;
}
