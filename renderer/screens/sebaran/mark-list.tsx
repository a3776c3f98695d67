import { Button, CloseButton, Table, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { AreaRow } from "../../../core/api/areas.ts";
import { isoFromDay } from "../../../core/series/day.ts";
import { useFigureDay } from "../../clock/use-clock.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { copyText } from "../../parts/table/copy-text.ts";
import { type CsvCell, clipboardForm, csvTable } from "../../parts/ui/csv.ts";
import numbers from "../../parts/ui/number-button.module.css";
import styles from "./mark-list.module.css";

/** What marks stand for, line by line: for keys, for who reads no map, and to be copied. */
export interface Listed {
	readonly title: string;
	/** What has to be known of all of it, such as that it is simulated; stands on every copied line too. */
	readonly warning: string | null;
	readonly heads: readonly string[];
	rows(day: number): readonly ListedRow[];
}
export interface ListedRow {
	readonly key: string;
	/** Where the line leads. */
	readonly area: AreaRow | null;
	/** Asks where the figure of the line comes from, where that can be told. */
	readonly explain?: { what: string; open: () => void };
	/** As it is read, and as it is copied. */
	readonly cells: readonly { shown: ReactNode; copied: CsvCell }[];
}

/** The cell of a line that holds its figure, where one can be explained. */
const FIGURE = 2;
/** Lines that are drawn; all of them are copied. */
const DRAWN = 200;

/** The marks of the day as a table over the map. */
export function MarkList({
	listed,
	select,
	close,
}: {
	listed: Listed;
	select: (area: AreaRow) => void;
	close: () => void;
}) {
	const { t, format, language } = useLanguage();
	const day = useFigureDay();
	const rows = listed.rows(day);
	const heads = [t("export.day"), ...listed.heads];
	const [copied, setCopied] = useState<boolean | null>(null);
	const copy = async () => {
		const told: CsvCell[] = listed.warning
			? [{ value: listed.warning, kind: "text" }]
			: [];
		setCopied(
			await copyText(
				csvTable(
					[...heads, ...told.map(() => t("marks.note"))],
					rows.map(({ cells }) => [
						{ value: isoFromDay(day), kind: "text" } as const,
						...cells.map(({ copied }) => copied),
						...told,
					]),
					clipboardForm(language),
				),
			),
		);
		setTimeout(() => setCopied(null), 2_000);
	};
	return (
		<section
			className={styles.list}
			data-covers-map
			data-testid="mark-list"
			aria-label={listed.title}
		>
			<header>
				<h3>
					{listed.title} · {format.day(day)}
				</h3>
				<Button
					size="compact-xs"
					variant="default"
					data-testid="mark-list-copy"
					onClick={() => void copy()}
				>
					{copied === null
						? t("marks.copy")
						: t(copied ? "table.copied" : "table.copyFailed")}
				</Button>
				<CloseButton size="sm" aria-label={t("app.close")} onClick={close} />
			</header>
			{listed.warning && <p>{listed.warning}</p>}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what can be focused */}
			<div className={styles.scroll} tabIndex={0}>
				<Table fz="xs" verticalSpacing={2} stickyHeader>
					<Table.Thead>
						<Table.Tr>
							{listed.heads.map((head) => (
								<Table.Th key={head}>{head}</Table.Th>
							))}
						</Table.Tr>
					</Table.Thead>
					<Table.Tbody>
						{rows.slice(0, DRAWN).map(({ key, area, cells, explain }) => (
							<Table.Tr key={key}>
								{cells.map(({ shown }, at) => (
									<Table.Td key={listed.heads[at]}>
										{at === 0 && area ? (
											<UnstyledButton fz="inherit" onClick={() => select(area)}>
												{shown}
											</UnstyledButton>
										) : at === FIGURE && explain ? (
											<UnstyledButton
												fz="inherit"
												className={numbers.button}
												title={t("value.explainOf", { what: explain.what })}
												onClick={explain.open}
											>
												{shown}
											</UnstyledButton>
										) : (
											shown
										)}
									</Table.Td>
								))}
							</Table.Tr>
						))}
					</Table.Tbody>
				</Table>
				{rows.length > DRAWN && (
					<p>
						{t("marks.drawnOf", {
							drawn: format.number(DRAWN),
							of: format.number(rows.length),
						})}
					</p>
				)}
				{rows.length === 0 && <p>{t("marks.none")}</p>}
			</div>
		</section>
	);
}
