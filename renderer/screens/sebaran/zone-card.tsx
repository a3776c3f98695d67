import { Button, Drawer, Table } from "@mantine/core";
import { useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Zones } from "../../../core/api/zones.ts";
import { ZoneHistoryOf } from "../../../core/api/zones.ts";
import type { Day } from "../../../core/series/day.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PanelNotice } from "../../parts/ui/panel.tsx";
import { PanelFailure } from "../../parts/ui/panel-failure.tsx";
import { useAnswer } from "../../state/answers.ts";
import card from "./area-card.module.css";
import { PublicationWords, zoneIn } from "./zone-hover.tsx";
import { publicationOf } from "./zone-stated.tsx";
import { ZoneName } from "./zone-words.tsx";
import styles from "./zones.module.css";

/** The chosen kabupaten/kota: its zone on the day, of which publication that is, and where it comes from. */
export function ZoneCard({
	area,
	zones,
	asKnown,
}: {
	area: AreaRow;
	zones: Zones;
	asKnown: Day | null;
}) {
	const { t } = useLanguage();
	const day = useFigureDay();
	const [opened, setOpened] = useState(false);
	const publication = publicationOf(zones, day);
	return (
		<section
			className={card.card}
			data-covers-map
			data-testid="zone-card"
			aria-label={area.name}
		>
			<strong>{area.name}</strong>
			<b className={styles.ofArea}>
				<ZoneName zone={zoneIn(zones, publication, area)} />
			</b>
			<PublicationWords publication={publication} day={day} />
			<Button
				size="compact-sm"
				variant="default"
				data-testid="zone-explain"
				aria-keyshortcuts="e"
				onClick={() => setOpened(true)}
			>
				{t("zones.explain")}
			</Button>
			<Drawer
				opened={opened}
				onClose={() => setOpened(false)}
				position="right"
				size="44rem"
				closeButtonProps={{ "aria-label": t("app.close") }}
				transitionProps={{ duration: 0 }}
				title={`${t("zones.explain")} ${area.name} (${area.code})`}
			>
				<History area={area} asKnown={asKnown} shownDay={publication?.day} />
			</Drawer>
		</section>
	);
}

/** All that was said of the zone of an area. */
function History({
	area,
	asKnown,
	shownDay,
}: {
	area: AreaRow;
	asKnown: Day | null;
	shownDay: Day | undefined;
}) {
	const { t, format, language } = useLanguage();
	const { data, error, refetch } = useAnswer(ZoneHistoryOf, {
		area: area.id,
		as_known: asKnown,
	});
	if (error) return <PanelFailure error={error} again={refetch} />;
	if (!data) return <PanelNotice>{t("app.loading")}</PanelNotice>;
	if (data.said.length === 0)
		return <PanelNotice>{t("zones.none")}</PanelNotice>;
	return (
		<Table data-testid="zone-history" stickyHeader>
			<Table.Thead>
				<Table.Tr>
					<Table.Th>{t("zones.publication")}</Table.Th>
					<Table.Th>{t("zones.ofArea")}</Table.Th>
					<Table.Th>{t("explain.source")}</Table.Th>
					<Table.Th>{t("explain.asOf")}</Table.Th>
					<Table.Th>{t("explain.received")}</Table.Th>
					<Table.Th>{t("explain.file")}</Table.Th>
				</Table.Tr>
			</Table.Thead>
			<Table.Tbody>
				{data.said.map((one) => (
					<Table.Tr
						key={`${one.day} ${one.file} ${one.line}`}
						data-shown={one.day === shownDay && one.shown}
						className={styles.said}
						aria-current={one.day === shownDay && one.shown ? true : undefined}
					>
						<Table.Td>{format.day(one.day)}</Table.Td>
						<Table.Td>
							<ZoneName zone={one.zone} />
							{!one.shown && (
								<small>
									{one.withdrawn === null
										? t("zones.saidAnew")
										: t("zones.withdrawn", { day: format.day(one.withdrawn) })}
								</small>
							)}
						</Table.Td>
						<Table.Td>
							{language === "id" ? one.source.id_name : one.source.en_name}
						</Table.Td>
						<Table.Td>{format.day(one.asOf)}</Table.Td>
						<Table.Td>{format.time(one.receivedAt)}</Table.Td>
						<Table.Td className={styles.file}>
							{t("explain.fileLine", { file: one.file, line: one.line })}
						</Table.Td>
					</Table.Tr>
				))}
			</Table.Tbody>
		</Table>
	);
}
