import { type StoreApi, useStore } from "zustand";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Zones } from "../../../core/api/zones.ts";
import { zoneOfNumber } from "../../../core/epidemic/zone-transition.ts";
import type { Day } from "../../../core/series/day.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import type { Boundaries } from "../../parts/map/boundaries.ts";
import { HoverFrame, type Pointer } from "../../parts/map/hover-card.tsx";
import type { AreaIndex } from "../../state/area-index.ts";
import { useView } from "../../state/view-state.ts";
import { publicationOf, useZoneAge } from "./zone-stated.tsx";
import { ZoneName } from "./zone-words.tsx";

/** The zone of an area in a publication; null where none was published. */
export function zoneIn(
	zones: Pick<Zones, "areas">,
	publication: Zones["publications"][number] | undefined,
	area: AreaRow,
) {
	const number = publication?.zones[zones.areas.indexOf(area.id)] ?? 0;
	return zoneOfNumber(number) ?? null;
}

/** The card at the pointer: the zone of the area, of which publication, whose, and when it was received. */
export function ZoneHover({
	pointer,
	areas,
	boundaries,
	zones,
}: {
	pointer: StoreApi<Pointer>;
	areas: AreaIndex;
	boundaries: Boundaries | null;
	zones: Zones;
}) {
	const { t } = useLanguage();
	const at = useStore(pointer);
	const hovered = useView((view) => view.hovered);
	const day = useFigureDay();
	const area = hovered === null ? undefined : areas.byId(hovered);
	if (!at.onMap || area?.level !== "regency") return null;
	const publication = publicationOf(zones, day);
	const parent = area.parent === null ? undefined : areas.byId(area.parent);
	return (
		<HoverFrame
			at={at}
			area={area}
			parentName={parent?.name ?? null}
			day={day}
			drawnAs={boundaries?.drawnAs(area)}
			label={t("zones.title")}
			value={<ZoneName zone={zoneIn(zones, publication, area)} />}
		>
			<PublicationWords publication={publication} day={day} />
		</HoverFrame>
	);
}

/** Of which publication a zone is, whose that is, and when it was received. */
export function PublicationWords({
	publication,
	day,
}: {
	publication: Zones["publications"][number] | undefined;
	day: Day;
}) {
	const { t, format, language } = useLanguage();
	const age = useZoneAge();
	if (!publication) return <small>{t("zones.before")}</small>;
	const { sources, receivedAt } = publication;
	return (
		<>
			<small>
				{t("zones.published", { day: format.day(publication.day) })} ·{" "}
				{age(publication.day, day)}
			</small>
			<small>
				{[
					sources
						.map((one) => (language === "id" ? one.id_name : one.en_name))
						.join(", "),
					...(receivedAt === null
						? []
						: [t("zones.received", { time: format.time(receivedAt) })]),
				].join(" · ")}
			</small>
		</>
	);
}
