export {
  missing as DELETE,
  missing as GET,
  missing as PATCH,
  missing as POST,
  missing as PUT,
} from '@/lib/server/http/missing-route'
