export {
  missingHf as DELETE,
  missingHf as GET,
  missingHf as PATCH,
  missingHf as POST,
  missingHf as PUT,
} from '@/lib/server/http/missing-route'
