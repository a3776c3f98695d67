import { Select, Tooltip } from "@mantine/core";
import styles from "./option.module.css";

/** One of the choices above a view, with its name above it and where it needs one an explanation at the pointer. */
export function Option<T extends string>({
	label,
	help,
	testId,
	value,
	values,
	nameOf,
	choose,
}: {
	label: string;
	help?: string;
	testId: string;
	value: T;
	values: readonly T[];
	nameOf: (value: T) => string;
	choose: (value: T) => void;
}) {
	return (
		<Tooltip
			label={help}
			disabled={help === undefined}
			multiline
			w="26rem"
			openDelay={500}
		>
			<Select
				size="xs"
				className={styles.option}
				label={label}
				data-testid={testId}
				allowDeselect={false}
				value={value}
				data={values.map((one) => ({ value: one, label: nameOf(one) }))}
				onChange={(one) => one !== null && choose(one as T)}
			/>
		</Tooltip>
	);
}
