import { Table } from "@mantine/core";
import type { AreaRow } from "../../../core/api/areas.ts";
import type { Explanation } from "../../../core/api/explain.ts";
import { timeZoneOf } from "../../i18n/time-zone.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useLevelFollows } from "../../state/follow.ts";
import { FileDecision } from "../decision/file-decision.tsx";
import { MarkChips } from "../ui/mark-list.tsx";
import styles from "./explain.module.css";

type Claim = Explanation["claims"][number];

/** What each source said of the cell, side by side, with its difference to the value shown, as the backend states it. */
export function Claims({
	explanation,
	area,
}: {
	explanation: Explanation;
	area: AreaRow;
}) {
	const { t, format, language } = useLanguage();
	const { claims, sum, fact, apart } = explanation;
	const follows = useLevelFollows(area.level);
	const current = claims.filter((claim) => claim.current);
	const older = claims.filter((claim) => !claim.current);
	const name = (source: { id_name: string; en_name: string }) =>
		language === "id" ? source.id_name : source.en_name;
	// A source that repeats itself in several files stands once for each; the fact follows one of them.
	const chosen =
		fact && fact.rule !== "sum-of-areas"
			? current.find(
					(claim) =>
						claim.source.key === fact.source?.key && claim.value === fact.value,
				)
			: undefined;
	return (
		<section data-testid="explain-sources">
			<h3>
				{t("explain.sources")}
				{apart > 0 && (
					<span className={styles.conflict} data-testid="explain-conflict">
						{" "}
						≠ {t("explain.conflict", { difference: format.number(apart) })}
					</span>
				)}
			</h3>
			{current.length === 0 && !sum ? (
				<p className="muted">
					{t(follows ? "follow.source" : "explain.noClaims")}
				</p>
			) : (
				<div className="scroll-x">
					<Table>
						<Table.Thead>
							<Table.Tr>
								<Table.Th>{t("explain.source")}</Table.Th>
								<Table.Th className="number">{t("explain.value")}</Table.Th>
								<Table.Th className="number">
									{t("explain.difference")}
								</Table.Th>
								<Table.Th>{t("explain.asOf")}</Table.Th>
								<Table.Th>{t("explain.received")}</Table.Th>
							</Table.Tr>
						</Table.Thead>
						<Table.Tbody>
							{current.map((claim) => (
								<Table.Tr
									key={`${claim.source.key} ${claim.file} ${claim.line} ${claim.asOf}`}
									data-testid={`claim-${claim.source.key}`}
									data-chosen={claim === chosen || undefined}
								>
									<Table.Td>
										<b>{name(claim.source)}</b>{" "}
										{claim === chosen && (
											<span className={styles.chosen}>
												{t("explain.chosen")}
											</span>
										)}
										<br />
										<small>
											{/* Who decided, when and why stands above; what the hub calls it is no file of anybody. */}
											{!isDecision(claim) &&
												t("explain.fileLine", {
													file: claim.file,
													line: format.number(claim.line),
												})}
										</small>
										{claim.repeated && (
											<small>
												<br />
												{t("explain.repeated")}
											</small>
										)}
										<div>
											<MarkChips marks={claim.marks} />
										</div>
										<FileDecision
											file={claim.fileId}
											withdrawn={false}
											decision={isDecision(claim)}
										/>
									</Table.Td>
									<Stated claim={claim} area={area} strong />
								</Table.Tr>
							))}
							{sum && (
								<Table.Tr
									data-testid="claim-sum"
									data-chosen={fact?.rule === "sum-of-areas" || undefined}
								>
									<Table.Td>
										<b>{t("explain.sum")}</b>{" "}
										{fact?.rule === "sum-of-areas" && (
											<span className={styles.chosen}>
												{t("explain.chosen")}
											</span>
										)}
										<br />
										<small>
											{t("explain.reporting", {
												reporting: format.number(sum.reporting),
												expected: format.number(sum.expected),
											})}
											{sum.source && ` · ${name(sum.source)}`}
										</small>
									</Table.Td>
									<Table.Td className="number">
										<b>{format.number(sum.value)}</b>
									</Table.Td>
									<Gap gap={sum.gap} />
									<Table.Td />
									<Table.Td />
								</Table.Tr>
							)}
						</Table.Tbody>
					</Table>
				</div>
			)}
			{older.length > 0 && (
				<details>
					<summary>{t("explain.older", { count: older.length })}</summary>
					<div className="scroll-x">
						<Table>
							<Table.Tbody>
								{older.map((claim) => (
									<Table.Tr
										key={`${claim.source.key} ${claim.file} ${claim.line} ${claim.asOf}`}
									>
										<Table.Td>
											{name(claim.source)}
											<br />
											<small>
												{t("explain.fileLine", {
													file: claim.file,
													line: format.number(claim.line),
												})}
												{claim.withdrawn !== null &&
													` · ${t("explain.withdrawn", { day: format.day(claim.withdrawn) })}`}
											</small>
											<div>
												<FileDecision
													file={claim.fileId}
													withdrawn={claim.withdrawn !== null}
													decision={isDecision(claim)}
												/>
											</div>
										</Table.Td>
										<Stated claim={claim} area={area} />
									</Table.Tr>
								))}
							</Table.Tbody>
						</Table>
					</div>
				</details>
			)}
		</section>
	);
}

/** What a person decided is kept as a file of a source of its own: nobody who reads it would look for a file to withdraw. */
function isDecision({ source }: Claim): boolean {
	return source.key === "decision";
}

/** When a claim came in: by the clock of whoever reads it, and by the area's own where that differs. */
function Received({ claim, area }: { claim: Claim; area: AreaRow }) {
	const { format, clock } = useLanguage();
	const zone = timeZoneOf(area.code);
	return (
		<>
			{format.time(claim.receivedAt)}
			{zone !== clock && (
				<>
					<br />
					<small>{format.time(claim.receivedAt, zone)}</small>
				</>
			)}
		</>
	);
}

/** What a claim says, how far that is from the value shown, and when it was so and came in. */
function Stated({
	claim,
	area,
	strong = false,
}: {
	claim: Claim;
	area: AreaRow;
	strong?: boolean;
}) {
	const { format } = useLanguage();
	const value = format.number(claim.value);
	return (
		<>
			<Table.Td className="number">{strong ? <b>{value}</b> : value}</Table.Td>
			<Gap gap={claim.gap} />
			<Table.Td>{format.day(claim.asOf)}</Table.Td>
			<Table.Td>
				<Received claim={claim} area={area} />
			</Table.Td>
		</>
	);
}

function Gap({ gap }: { gap: number | null }) {
	const { format } = useLanguage();
	return (
		<Table.Td className="number">
			{gap === null ? "–" : format.signed(gap)}
		</Table.Td>
	);
}
