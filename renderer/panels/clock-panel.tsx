import { useEffect, useState } from "react";
import { dayInWib } from "../../core/series/day.ts";
import { TIME_ZONES, type TimeZoneName } from "../i18n/time-zone.ts";
import { useLanguage } from "../i18n/use-language.ts";
import styles from "./panels.module.css";

/** The time in Indonesia's three zones, and the day in Jakarta. */
export default function ClockPanel() {
	const { format } = useLanguage();
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const tick = setInterval(() => setNow(Date.now()), 1_000);
		return () => clearInterval(tick);
	}, []);
	return (
		<section className={styles.clock} data-testid="clock-panel">
			<p>{format.dayWithWeekday(dayInWib(now))}</p>
			<dl>
				{(Object.keys(TIME_ZONES) as TimeZoneName[]).map((zone) => (
					<div key={zone}>
						<dt>{zone}</dt>
						<dd>{format.timeOfDay(now, zone)}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
