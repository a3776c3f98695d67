import { Clock, TriangleAlert } from "lucide-react";
import type { Zones } from "../../../core/api/zones.ts";
import {
	isOldZone,
	publicationOn,
} from "../../../core/epidemic/zone-publication.ts";
import type { Day } from "../../../core/series/day.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./zones.module.css";

/** The publication that speaks on a day; undefined before the first. */
export function publicationOf(
	{ publications }: Pick<Zones, "publications">,
	day: Day,
): Zones["publications"][number] | undefined {
	return publications[
		publicationOn(
			publications.map((one) => one.day),
			day,
		)
	];
}

/** How old a publication is on a day, in words: "6 hari lalu", "basi, 20 hari lalu". */
export function useZoneAge() {
	const { t } = useLanguage();
	return (published: Day, day: Day): string => {
		const count = day - published;
		if (count === 0) return t("zones.sameDay");
		return t(isOldZone(published, day) ? "zones.old" : "zones.ago", { count });
	};
}

/** Which publication the map shows, and whether it is old. */
export function ZoneStated({ zones }: { zones: Zones }) {
	const { t, format, language } = useLanguage();
	const age = useZoneAge();
	const day = useFigureDay();
	const one = publicationOf(zones, day);
	if (!one)
		return (
			<span className={styles.stated} data-old data-testid="zone-stated">
				<TriangleAlert aria-hidden size="1em" /> {t("zones.before")}
			</span>
		);
	const old = isOldZone(one.day, day);
	const Sign = old ? TriangleAlert : Clock;
	return (
		<span
			className={styles.stated}
			data-old={old || undefined}
			data-testid="zone-stated"
			title={one.sources
				.map((source) => (language === "id" ? source.id_name : source.en_name))
				.join(", ")}
		>
			<Sign aria-hidden size="1em" />
			{t("zones.published", { day: format.day(one.day) })} · {age(one.day, day)}
		</span>
	);
}
