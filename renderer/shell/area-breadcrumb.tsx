import { ActionIcon, Breadcrumbs, UnstyledButton } from "@mantine/core";
import { ArrowLeft } from "lucide-react";
import type { AreaRow } from "../../core/api/areas.ts";
import { useLanguage } from "../i18n/use-language.ts";
import type { AreaIndex } from "../state/area-index.ts";
import styles from "./area-breadcrumb.module.css";

/** Where the selection lies, each step a way back. */
export function AreaBreadcrumb({
	areas,
	selected,
	select,
}: {
	areas: AreaIndex;
	selected: AreaRow;
	select: (area: AreaRow) => void;
}) {
	const { t } = useLanguage();
	const path = areas.path(selected);
	const parent = path.at(-2);
	return (
		<nav
			className={styles.path}
			aria-label={t("area.path")}
			data-testid="breadcrumb"
		>
			{parent && (
				<ActionIcon
					variant="default"
					aria-label={t("area.back", { area: parent.name })}
					data-testid="area-back"
					onClick={() => select(parent)}
				>
					<ArrowLeft size="1.1em" />
				</ActionIcon>
			)}
			<Breadcrumbs separator="›" separatorMargin="xs">
				{path.map((area) =>
					area === selected ? (
						<h1 key={area.id} aria-current="location">
							{area.name} <span className={styles.code}>{area.code}</span>
						</h1>
					) : (
						<UnstyledButton key={area.id} onClick={() => select(area)}>
							{area.name}
						</UnstyledButton>
					),
				)}
			</Breadcrumbs>
		</nav>
	);
}
