import { Button, Table } from "@mantine/core";
import type { Explanation } from "../../../core/api/explain.ts";
import { RULES } from "../../../core/quality/rule.ts";
import { MARKS } from "../../../core/series/mark.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useViewOf } from "../../state/view-state.ts";
import { MarkChips } from "../ui/mark-list.tsx";

/** Every value this cell has shown; each can be gone back to, for the whole screen. */
export function Revisions({ explanation }: { explanation: Explanation }) {
	const { t, format, language } = useLanguage();
	const { asKnown, change } = useViewOf("asKnown", "change");
	const { revisions, fact } = explanation;
	const restated =
		((fact?.marks ?? 0) | explanation.figure.marks) & MARKS.restated;
	return (
		<section data-testid="explain-revisions">
			<h3>{t("explain.revisions")}</h3>
			{revisions.length < 2 && !restated && (
				<p className="muted">{t("explain.noRevisions")}</p>
			)}
			{revisions.length > 0 && (
				<Table>
					<Table.Thead>
						<Table.Tr>
							<Table.Th>{t("explain.asOf")}</Table.Th>
							<Table.Th className="number">{t("explain.value")}</Table.Th>
							<Table.Th>{t("explain.source")}</Table.Th>
							<Table.Th />
						</Table.Tr>
					</Table.Thead>
					<Table.Tbody>
						{revisions.map((revision) => {
							const rule = RULES.find((entry) => entry.key === revision.rule);
							return (
								<Table.Tr key={`${revision.asOf} ${revision.value}`}>
									<Table.Td>{format.day(revision.asOf)}</Table.Td>
									<Table.Td className="number">
										<b>
											{revision.value === null
												? t("value.noValue")
												: format.number(revision.value)}
										</b>
									</Table.Td>
									<Table.Td>
										{revision.source &&
											(language === "id"
												? revision.source.id_name
												: revision.source.en_name)}{" "}
										<MarkChips marks={revision.marks} />
										<br />
										<small>
											{rule
												? language === "id"
													? rule.id_text
													: rule.en_text
												: revision.rule === "derived"
													? t("indicator.activeFormula")
													: revision.rule}
										</small>
									</Table.Td>
									<Table.Td>
										<Button
											size="compact-xs"
											variant="default"
											disabled={asKnown === revision.asOf}
											onClick={() => change({ asKnown: revision.asOf })}
										>
											{t("explain.atDate")}
										</Button>
									</Table.Td>
								</Table.Tr>
							);
						})}
					</Table.Tbody>
				</Table>
			)}
			{asKnown !== null && (
				<Button
					size="compact-sm"
					mt="xs"
					onClick={() => change({ asKnown: null })}
				>
					{t("asKnown.back")}
				</Button>
			)}
		</section>
	);
}
