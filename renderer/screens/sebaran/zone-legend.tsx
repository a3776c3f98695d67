import { UnstyledButton } from "@mantine/core";
import type { ZoneCourse, Zones } from "../../../core/api/zones.ts";
import { ZONES, type Zone } from "../../../core/epidemic/zone-transition.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import legend from "../../parts/map/class-legend.module.css";
import { LegendFrame } from "../../parts/map/legend-frame.tsx";
import { publicationOf } from "./zone-stated.tsx";
import { ZoneSign } from "./zone-words.tsx";

/** What the colours and letters mean, and how many areas are of each zone on the day; a zone that is pressed is shown alone. */
export function ZoneLegend({
	zones,
	course,
	alone,
	choose,
}: {
	zones: Zones;
	course: ZoneCourse | null;
	alone: Zone | "none" | "";
	choose: (zone: Zone | "none" | "") => void;
}) {
	const { t, format } = useLanguage();
	const day = useFigureDay();
	const shown = publicationOf(zones, day);
	const counts = course?.publications.find((one) => one.day === shown?.day)
		?.counts ?? { areas: [], none: course?.expected ?? 0 };
	const entries = [...ZONES, "none" as const].map((zone, at) => ({
		zone,
		areas: zone === "none" ? counts.none : (counts.areas[at] ?? 0),
	}));
	return (
		<LegendFrame
			title={t("zones.title")}
			lines={[t("zones.perRegency")]}
			below={t("zones.holds")}
			className={legend.legend}
			testId="zone-legend"
		>
			<ul className={legend.list}>
				{entries.map(({ zone, areas }) => (
					<li key={zone}>
						<UnstyledButton
							className={legend.entry}
							aria-pressed={alone === zone}
							data-zone={zone}
							data-faint={(alone !== "" && alone !== zone) || undefined}
							title={t(alone === zone ? "classes.all" : "classes.only")}
							style={{
								"--share": String(areas / (course?.expected || 1)),
							}}
							onClick={() => choose(alone === zone ? "" : zone)}
						>
							<ZoneSign zone={zone === "none" ? null : zone} />
							<span className={legend.range}>
								{zone === "none"
									? t("zones.noneShort")
									: t(`zones.zone.${zone}`)}
							</span>
							<span className={legend.bar} aria-hidden />
							<span className={legend.count} data-count>
								{format.number(areas)}
							</span>
						</UnstyledButton>
					</li>
				))}
			</ul>
		</LegendFrame>
	);
}
