import { PlaygroundSkeleton } from '@/components/playground/playground-skeleton';

export default function Loading() {
  return <PlaygroundSkeleton />;
}
