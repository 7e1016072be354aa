'use client'

import { useFieldControl } from '@/components/ui/field'
import { Select, SelectOptions, SelectTrigger, SelectValue } from '@/components/ui/select'
import { TASKS, type Task, taskLabel } from '@/lib/domain/endpoint/task'

const OPTIONS = TASKS.filter(task => task !== 'custom').map(task => ({ value: task, label: taskLabel(task) }))

/** Every task the model server answers. */
export function TaskSelect({ value, onChange }: { value: Task | null; onChange: (task: Task) => void }) {
  const control = useFieldControl()
  return (
    <Select
      value={value ?? ''}
      onValueChange={next => onChange(TASKS.find(task => task === next) ?? 'custom')}
    >
      <SelectTrigger {...control}>
        <SelectValue placeholder="Choose a task">{value && taskLabel(value)}</SelectValue>
      </SelectTrigger>
      <SelectOptions options={OPTIONS} />
    </Select>
  )
}
